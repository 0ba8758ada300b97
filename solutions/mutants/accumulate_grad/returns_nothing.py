"""Adds well, but returns None where a node has to return a tuple."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return None
        leaf.grad = keep_gradient(gradient, leaf) if leaf.grad is None else add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
