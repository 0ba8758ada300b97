"""Hidden checks of the lesson *A first graph*. Stand-ins take the place of what is built later."""

from types import SimpleNamespace

import numpy as np

from autograder import exercise


class Stop:
    """A stand-in for a node: a name, what its edges lead to, and for an accumulator its leaf."""

    def __init__(self, name, *targets, variable=None):
        self.own_name = name
        self.next_functions = tuple((target, 0) for target in targets)
        if variable is not None:
            self.variable = variable

    def name(self):
        """As a node says it."""
        return self.own_name


class Loss:
    """A stand-in for a loss: going backward adds a known gradient to the leaf, in place as PyTorch does."""

    def __init__(self, leaf, gradient):
        self.leaf, self.gradient = leaf, gradient

    def backward(self):
        """Let the gradient arrive."""
        if self.leaf.grad is None:
            self.leaf.grad = self.gradient.clone()
        else:
            self.leaf.grad.add_(self.gradient)


def tensor_behind(node):
    """A stand-in for the tensor that `node` made; a leaf where there is no node."""
    return SimpleNamespace(grad_fn=node, output_nr=0, requires_grad=True)


def ladder(rungs):
    """A graph whose nodes are few and whose paths are many: each rung is reached from both sides of the one above."""
    below = Stop("Bottom")
    for rung in rungs:
        below = Stop(f"Top{rung}", Stop(f"Left{rung}", below), Stop(f"Right{rung}", below))
    return below


@exercise("first_graph.walk", points=2)
def test_nearer_nodes_come_first(torch, see, rng):
    """Nodes are named breadth first, from left to right, without the constants."""
    from lessons.first_graph import walk

    names = [f"Step{number}" for number in rng.permutation(9)]
    row = [Stop(name) for name in names[:4]]
    upper = [Stop(names[4], row[0], None, row[1]), Stop(names[5], None, row[2], row[3]), Stop(names[6])]
    see.order(walk(tensor_behind(Stop(names[7], *upper))))


@exercise("first_graph.walk", points=2)
def test_a_shared_node_is_named_once(torch, see, rng):
    """A node that many paths lead to is named once."""
    from lessons.first_graph import walk

    see.order(walk(tensor_behind(ladder(rng.permutation(9)))))


@exercise("first_graph.walk", points=1)
def test_a_deep_graph_is_walked_without_recursion(torch, see, rng):
    """A graph thousands of nodes deep is walked to its end."""
    from lessons.first_graph import walk

    node = Stop("AccumulateGrad")
    for _ in range(int(rng.integers(4000, 5000))):
        node = Stop("AddBackward0", node, None)
    see.count(len(walk(tensor_behind(node))))


@exercise("first_graph.walk", points=1)
def test_a_leaf_has_no_nodes_behind_it(torch, see):
    """A leaf was made by no node: the list is empty."""
    from lessons.first_graph import walk

    see.value(walk(tensor_behind(None)))


@exercise("first_graph.find_accumulator", points=2)
def test_the_leaf_is_told_by_identity(torch, see, rng):
    """Among leaves with equal numbers the right one is found."""
    from lessons.first_graph import find_accumulator

    leaves = [torch.tensor([1.0], requires_grad=True) for _ in range(5)]
    stops = [Stop("AccumulateGrad", variable=leaf) for leaf in leaves]
    out = tensor_behind(Stop("AddBackward0", Stop("MulBackward0", *stops[:3]), None, *stops[3:]))
    for place in rng.permutation(5):
        found = find_accumulator(out, leaves[place])
        see.value(stops.index(found) if found in stops else None)


@exercise("first_graph.find_accumulator", points=1)
def test_a_leaf_that_is_not_in_the_graph_has_no_accumulator_there(torch, see):
    """A leaf that took no part has no accumulator in the graph."""
    from lessons.first_graph import find_accumulator

    inside, outside = torch.tensor([1.0], requires_grad=True), torch.tensor([1.0], requires_grad=True)
    out = tensor_behind(Stop("NegBackward0", Stop("AccumulateGrad", variable=inside)))
    see.value(find_accumulator(out, outside))


@exercise("first_graph.gradients_after", points=2)
def test_every_pass_is_reported_as_it_was(torch, see, rng):
    """Each entry is the gradient as it was after that pass, not as it is at the end."""
    from lessons.first_graph import gradients_after

    w = torch.tensor([0.0, 0.0, 0.0], requires_grad=True)
    gradients = [torch.tensor(rng.integers(-9, 9, size=3).astype(np.float32)) for _ in range(4)]
    see.value(gradients_after(w, [Loss(w, gradient) for gradient in gradients]))


@exercise("first_graph.gradients_after", points=1)
def test_what_was_there_before_counts(torch, see, rng):
    """Nothing is zeroed: a gradient from before is part of every entry."""
    from lessons.first_graph import gradients_after

    w = torch.tensor([0.0, 0.0], requires_grad=True)
    w.grad = torch.tensor(rng.integers(10, 90, size=2).astype(np.float32))
    losses = [Loss(w, torch.tensor(rng.integers(1, 9, size=2).astype(np.float32))) for _ in range(2)]
    see.value(gradients_after(w, losses))


@exercise("first_graph.training_step", points=2)
def test_each_step_follows_its_own_loss_alone(torch, see, rng):
    """Over several steps the weight follows each loss's own gradient, whatever `.grad` held before."""
    from lessons.first_graph import training_step

    w = torch.tensor(rng.normal(size=3), requires_grad=True)
    w.grad = torch.tensor(rng.normal(size=3))
    for rate in (0.5, 0.25, 2.0):
        gradient = torch.tensor(rng.normal(size=3))
        training_step(w, Loss(w, gradient), rate)
        see.value(w)


@exercise("first_graph.training_step", points=1)
def test_the_weight_itself_is_changed_and_stays_a_leaf(torch, see, rng):
    """The weight itself is changed, and stays a leaf that requires grad."""
    from lessons.first_graph import training_step

    w = torch.tensor(rng.normal(size=2), requires_grad=True)
    other_name = w
    training_step(w, Loss(w, torch.tensor(rng.normal(size=2))), 0.1)
    see.value(other_name)
    see.value((w.is_leaf, w.requires_grad))
