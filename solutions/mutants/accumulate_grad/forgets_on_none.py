"""Stores whatever arrives while there is no sum to add to: a missing gradient empties `.grad`."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            leaf.grad = None
        elif leaf.grad is None:
            leaf.grad = keep_gradient(gradient, leaf)
        else:
            leaf.grad = add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
        return ()
