"""Takes every tensor for one whose gradient is wanted, and counts arguments that are none as none at all."""


class FunctionNode:
    def __init__(self, inputs):
        self.is_tensor = [True for value in inputs if isinstance(value, Tensor)]
        self.needs_input_grad = tuple(isinstance(value, Tensor) for value in inputs)
        Node.__init__(self, collect_next_edges(*[value for value in inputs if isinstance(value, Tensor)]))
