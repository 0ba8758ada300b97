"""Nodes that carry their name as a value of their own, set when they are made."""


class Node:
    """A backward operation."""

    __slots__ = ("_hooks", "_input_metadata", "next_edges", "notes", "own_name", "sequence_nr")

    def __init__(self, next_edges=(), sequence_nr=None):
        self.next_edges = next_edges
        self.sequence_nr = next_sequence_nr() if sequence_nr is None else sequence_nr
        self.own_name = self.__class__.__name__
        self._input_metadata = []
        self._hooks = None
        self.notes = {}

    @property
    def next_functions(self):
        return tuple([(edge.function, edge.input_nr) for edge in self.next_edges])

    def name(self):
        return self.own_name

    def add_input_metadata(self, output):
        self._input_metadata.append(InputMetadata.of(output))
        return len(self._input_metadata) - 1

    def __call__(self, *gradients):
        if len(gradients) != len(self._input_metadata):
            raise TypeError(f"expected {len(self._input_metadata)} arguments, got {len(gradients)} instead")
        results = [*self.apply(*gradients)]
        return results.pop() if len(results) == 1 else tuple(results)

    def apply(self, *gradients):
        raise NotImplementedError(self.own_name)

    def release_variables(self):
        pass

    @property
    def metadata(self):
        return self.notes

    @property
    def requires_grad(self):
        return True

    def _sequence_nr(self):
        return self.sequence_nr

    def register_hook(self, hook):
        return hooks_of(self).register_post(hook)

    def register_prehook(self, hook):
        return hooks_of(self).register_pre(hook)

    def __repr__(self):
        return f"<{self.own_name} object at {id(self):#x}>"
