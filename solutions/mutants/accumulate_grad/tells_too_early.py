"""Calls the hooks before the gradient has been added, and sends the gradient on."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        if leaf.grad is None:
            leaf.grad = keep_gradient(gradient, leaf)
            call_post_accumulate_hooks(leaf)
        else:
            call_post_accumulate_hooks(leaf)
            leaf.grad = add_gradient(leaf.grad, gradient)
        return (gradient,)
