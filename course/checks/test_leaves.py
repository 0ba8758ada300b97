"""Public checks of the lesson *Leaves, and who fills their grad*."""

from types import SimpleNamespace

from autograder import exercise


def named(leaves, graph):
    """The names of leaves in a recorded graph."""
    return [name for leaf in leaves for name, each in graph.leaves.items() if each is leaf]


@exercise("leaves.leaves_of")
def test_leaves_of_the_recorded_graphs(torch, see):
    """Nearest first: in `x * y + x` that is `x`, in `(a + b + c) / (x * y)` it is `c`.

    Every accumulator knows its leaf, `variable`; other nodes have none.
    """
    from lessons.leaves import leaves_of
    from lessons.recorded import graph

    for name in ("shared leaf", "d", "square"):
        recorded = graph(name)
        see.order(named(leaves_of(recorded), recorded))
    see.value(leaves_of(SimpleNamespace(grad_fn=None)))


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
