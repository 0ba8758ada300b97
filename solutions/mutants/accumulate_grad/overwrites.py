"""Overwrites the gradient instead of adding to it."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        leaf.grad = keep_gradient(gradient, leaf)
        call_post_accumulate_hooks(leaf)
        return ()
