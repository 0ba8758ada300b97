"""Public checks of the lesson *Leaves, and who fills their grad*."""

from types import SimpleNamespace

from autograder import exercise


class Step:
    """A stand-in for a node: what its edges lead to, and for an accumulator its leaf."""

    def __init__(self, *targets, variable=None):
        self.next_functions = tuple((target, 0) for target in targets)
        if variable is not None:
            self.variable = variable


@exercise("leaves.leaves_of")
def test_nearer_leaves_come_first(torch, see):
    """In `x * y + z` that is `z`, though `x` and `y` stand to its left; a constant has no leaf.

    Every accumulator knows its leaf, `variable`; other nodes have none.
    """
    from lessons.leaves import leaves_of

    product = Step(Step(variable="x"), Step(variable="y"))
    see.order(leaves_of(SimpleNamespace(grad_fn=Step(product, Step(variable="z"), None))))
    see.value(leaves_of(SimpleNamespace(grad_fn=None)))


@exercise("leaves.leaves_of")
def test_a_leaf_that_is_used_twice_comes_once(torch, see):
    """In `x * y + x` both uses of `x` lead to one accumulator."""
    from lessons.leaves import leaves_of

    x, y = Step(variable="x"), Step(variable="y")
    see.order(leaves_of(SimpleNamespace(grad_fn=Step(Step(x, y), x))))


@exercise("leaves.leaves_of")
def test_a_leaf_behind_thousands_of_nodes_is_found(torch, see):
    """A function that calls itself for each node does not get there."""
    from lessons.leaves import leaves_of

    node = Step(variable="far away")
    for _ in range(3000):
        node = Step(node, None)
    see.order(leaves_of(SimpleNamespace(grad_fn=node)))


@exercise("leaves.deliver")
def test_each_gradient_is_added(torch, see):
    """2 and 3 make 5, and the same once more makes 10.

    Only the accumulator writes into `.grad`. Where in a graph does it stand?
    """
    from lessons.leaves import deliver

    w = torch.tensor([1.0], requires_grad=True)
    see.value(deliver(w, [torch.tensor([2.0]), torch.tensor([3.0])]))
    see.value(deliver(w, [torch.tensor([2.0]), torch.tensor([3.0])]))
    see.grad(w)


@exercise("leaves.deliver")
def test_without_gradients_nothing_changes(torch, see):
    """A fresh leaf has none, and then what was there."""
    from lessons.leaves import deliver

    w = torch.tensor([1.0], requires_grad=True)
    see.value(deliver(w, []) is None)
    deliver(w, [torch.tensor([4.0])])
    see.value(deliver(w, []))


@exercise("leaves.deliver")
def test_the_accumulator_itself_is_called(torch, see):
    """Whoever asked to be told after each accumulation is told: once for each gradient."""
    from lessons.leaves import deliver

    told = []
    w = torch.tensor([1.0], requires_grad=True)
    w.register_post_accumulate_grad_hook(lambda leaf: told.append(leaf.grad.item()))
    deliver(w, [torch.tensor([2.0]), torch.tensor([3.0])])
    see.value(told)
