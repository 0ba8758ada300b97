"""Keeps a sum of its own and puts that into `.grad`, whatever happened to `.grad` in between."""

sums = {}


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is None or not leaf.requires_grad:
            return ()
        sums[self] = sums[self] + gradient if self in sums else keep_gradient(gradient, leaf)
        leaf.grad = keep_gradient(sums[self], leaf)
        call_post_accumulate_hooks(leaf)
        return ()
