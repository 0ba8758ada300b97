"""A dataclass that notes the version after its other fields, with one private method that asks and refuses."""

from dataclasses import dataclass, field


@dataclass
class SavedTensor:
    """A tensor kept for a formula."""

    tensor: Any
    is_output: bool = False
    version: int = field(init=False)

    def __post_init__(self):
        self.version = self.tensor._version
        self._times_unpacked = 0

    @staticmethod
    def of_output(output):
        return SavedTensor(tensor=output.without_history(), is_output=True)

    def _refuse_changes(self, node):
        check_version(self.tensor, self.version, node if self.is_output else self.tensor.grad_fn)
        self._times_unpacked += 1

    def unpack_array(self, node):
        return self.unpack(node).array

    def unpack(self, node):
        self._refuse_changes(node)
        tensor = self.tensor
        if self.is_output:
            tensor = tensor.without_history()
            tensor._requires_grad = True
            tensor.grad_fn = node
        return tensor
