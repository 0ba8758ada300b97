"""Keeps the first gradient, and then adds it as well."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        if leaf.grad is None:
            leaf.grad = keep_gradient(gradient, leaf)
        leaf.grad = add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
        return ()
