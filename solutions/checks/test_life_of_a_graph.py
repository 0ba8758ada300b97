"""Hidden checks of the lesson *The life of a graph*. Stand-ins take the place of graphs."""

from autograder import exercise


class Thing:
    """Something that can be held, and watched."""


class Loss:
    """A stand-in for a loss: it notes how it was asked to go backward."""

    def __init__(self):
        self.passes = []

    def backward(self, gradient=None, retain_graph=None, create_graph=False):
        """Note whether the graph was to be kept."""
        self.passes.append(bool(retain_graph))


@exercise("life_of_a_graph.count_changes", points=1)
def test_only_the_action_s_own_changes_count(torch, see, rng):
    """Changes are counted from the action's beginning, however many came before."""
    from lessons.life_of_a_graph import count_changes

    tensor = torch.tensor(rng.normal(size=3))

    def change(times):
        for _ in range(times):
            tensor.mul_(2)

    for times in rng.integers(0, 6, size=4).tolist():
        see.count(count_changes(tensor, lambda _, times=times: change(times)))


@exercise("life_of_a_graph.count_changes", points=1)
def test_a_change_that_changes_no_number_counts(torch, see, rng):
    """What counts is that the memory was written to, by the tensor itself or by a view, not what was written."""
    from lessons.life_of_a_graph import count_changes

    tensor = torch.tensor(rng.normal(size=3))
    see.count(count_changes(tensor, lambda t: t.add_(0)))
    see.count(count_changes(tensor, lambda t: t[1:].add_(0).add_(1)))
    see.count(count_changes(tensor, lambda t: t.detach().mul_(1)))


@exercise("life_of_a_graph.is_kept", points=2)
def test_it_depends_on_the_result_alone(torch, see, rng):
    """The operand is kept exactly when the result holds it."""
    from lessons.life_of_a_graph import is_kept

    for is_holding in rng.permutation([0, 0, 1, 1]).tolist():
        see.value(is_kept(Thing, lambda thing, is_holding=is_holding: [thing] if is_holding else [id(thing)]))


@exercise("life_of_a_graph.is_kept", points=1)
def test_the_result_is_there_when_the_operand_is_looked_at(torch, see):
    """An operand that only the result holds is still alive, and gone when the question is answered."""
    from lessons.life_of_a_graph import is_kept

    made = []

    class Watched(Thing):
        def __del__(self):
            made.append("gone")

    see.value(is_kept(Watched, lambda thing: {"thing": thing}))
    see.order(made)


@exercise("life_of_a_graph.backward_times", points=2)
def test_all_passes_but_the_last_keep_the_graph(torch, see, rng):
    """As many passes as were asked for, and only the last one frees the graph."""
    from lessons.life_of_a_graph import backward_times

    for times in rng.permutation([1, 2, 5]).tolist():
        loss = Loss()
        backward_times(loss, times)
        see.value(loss.passes)
