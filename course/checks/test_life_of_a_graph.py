"""Public checks of the lesson *The life of a graph*."""

import weakref

from autograder import exercise


class Thing:
    """Something that can be watched."""


@exercise("life_of_a_graph.count_changes")
def test_changes_are_counted(torch, see):
    """In-place operations count, ordinary ones don't, and a view counts for the whole tensor.

    Every tensor counts its changes: `_version`. But the count may have begun long before.
    """
    from lessons.life_of_a_graph import count_changes

    tensor = torch.tensor([1.0, 2.0])
    see.count(count_changes(tensor, lambda t: t + 1))
    see.count(count_changes(tensor, lambda t: t.add_(1).mul_(2)))
    see.count(count_changes(tensor, lambda t: t[0:1].zero_()))


@exercise("life_of_a_graph.is_kept")
def test_a_product_keeps_its_factors(torch, see):
    """An addition keeps nothing of its operand, a multiplication keeps it.

    A `weakref.ref` looks at an object without holding it. Who still holds the operand at the moment when you look?
    """
    from lessons.life_of_a_graph import is_kept

    x = torch.tensor([1.0], requires_grad=True)
    see.value(is_kept(lambda: x * 3, lambda y: y + 1))
    see.value(is_kept(lambda: x * 3, lambda y: y * y))


@exercise("life_of_a_graph.is_kept")
def test_nothing_is_left_of_the_experiment(torch, see):
    """When the question is answered, operand and result are gone.

    A list that lives longer than the call keeps everything that was ever put into it.
    """
    from lessons.life_of_a_graph import is_kept

    watchers = []

    def make():
        made = Thing()
        watchers.append(weakref.ref(made))
        return made

    see.value(is_kept(make, lambda thing: [thing]))
    see.alive(watchers[0])


@exercise("life_of_a_graph.backward_times")
def test_the_last_pass_frees_the_graph(torch, see):
    """Three passes add up, and a fourth is refused.

    The text of the refusal says how to keep a graph. Which of the passes should keep it?
    """
    from lessons.life_of_a_graph import backward_times

    x = torch.tensor([3.0], requires_grad=True)
    loss = x * x
    backward_times(loss, 3)
    see.grad(x)
    with see.raises():
        loss.backward()
