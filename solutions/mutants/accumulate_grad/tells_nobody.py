"""Does not call the hooks of those who asked to be told."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is not None and leaf.requires_grad:
            leaf.grad = keep_gradient(gradient, leaf) if leaf.grad is None else add_gradient(leaf.grad, gradient)
        return ()
