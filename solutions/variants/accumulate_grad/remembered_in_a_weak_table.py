"""Finds a leaf's accumulator in a table that holds it weakly, and adds into the gradient in place."""

accumulators = weakref.WeakValueDictionary()


def grad_accumulator(tensor):
    accumulator = accumulators.get(id(tensor))
    if accumulator is None or accumulator.variable is not tensor:
        accumulator = AccumulateGrad(tensor)
        accumulators[id(tensor)] = accumulator
        tensor._accumulator = weakref.ref(accumulator)
    return accumulator


class AccumulateGrad:
    def apply(self, gradient):
        leaf = self.variable
        if gradient is not None and leaf.requires_grad:
            if leaf.grad is None:
                leaf.grad = keep_gradient(gradient, leaf)
            else:
                leaf.grad = add_gradient(leaf.grad, gradient)
            call_post_accumulate_hooks(leaf)
        return ()
