"""Takes it for granted that a gradient arrives."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if not leaf.requires_grad:
            return ()
        leaf.grad = keep_gradient(gradient, leaf) if leaf.grad is None else add_gradient(leaf.grad, gradient)
        call_post_accumulate_hooks(leaf)
        return ()
