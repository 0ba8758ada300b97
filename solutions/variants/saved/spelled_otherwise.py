"""Compares nothing itself, and builds the kept output by hand."""


class SavedTensor:
    def __init__(self, tensor, is_output=False):
        counter = tensor._version_counter
        self.tensor, self.is_output = tensor, is_output
        self.version = counter[0] if counter else 0

    @classmethod
    def of_output(cls, output):
        kept = output.detach()
        kept.output_nr = output.output_nr
        return cls(kept, True)

    def unpack_array(self, node):
        made_by = self.tensor.grad_fn
        if self.is_output:
            made_by = node
        check_version(self.tensor, self.version, made_by)
        return self.tensor.array

    def unpack(self, node):
        self.unpack_array(node)
        if self.is_output:
            tensor = self.tensor.detach()
            tensor.output_nr = self.tensor.output_nr
            tensor._requires_grad, tensor.grad_fn = True, node
            return tensor
        return self.tensor
