"""Adds the old gradient into the one that has just come, which is the sender's."""


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        leaf.grad = gradient if leaf.grad is None else gradient.add_(leaf.grad)
        call_post_accumulate_hooks(leaf)
        return ()
