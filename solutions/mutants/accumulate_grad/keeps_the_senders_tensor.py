"""Keeps the sender's own tensor as `.grad`, and later adds into it."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        if leaf.grad is None:
            leaf.grad = gradient
        else:
            leaf.grad = add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
        return ()
