"""Gives every argument an edge, as a built-in operation does: a number has an empty one."""


class FunctionNode:
    def __init__(self, inputs):
        self.is_tensor = [isinstance(value, Tensor) for value in inputs]
        self.needs_input_grad = tuple(isinstance(value, Tensor) and value.requires_grad for value in inputs)
        Node.__init__(self, collect_next_edges(*inputs))
