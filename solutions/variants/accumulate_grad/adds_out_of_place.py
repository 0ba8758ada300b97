"""Accumulates out of place: each sum is a new tensor."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        leaf.grad = keep_gradient(gradient, leaf) if leaf.grad is None else leaf.grad + gradient
        call_post_accumulate_hooks(leaf)
        return ()
