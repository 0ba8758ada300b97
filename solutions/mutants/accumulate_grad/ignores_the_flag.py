"""Adds to a leaf that was switched off, too."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None:
            return ()
        leaf.grad = keep_gradient(gradient, leaf) if leaf.grad is None else add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
        return ()
