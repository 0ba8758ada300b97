"""Public checks of the lesson *A first graph*. Stand-ins take the place of what is built later."""

from types import SimpleNamespace

from autograder import exercise


class Stop:
    """A stand-in for a node: a name, what its edges lead to, and for an accumulator its leaf."""

    def __init__(self, name, *targets, variable=None):
        self.own_name = name
        if variable is not None:
            self.variable = variable
        self.next_functions = tuple((target, 0) for target in targets)

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


@exercise("first_graph.walk")
def test_walking_names_each_node_once_nearest_first(torch, see):
    """`walk` names the nodes behind a tensor, nearest first, and leaves constants out."""
    from lessons.first_graph import walk

    x, y = Stop("AccumulateGrad"), Stop("AccumulateGrad")
    out = SimpleNamespace(grad_fn=Stop("AddBackward0", Stop("MulBackward0", x, y), None, x))
    see.order(walk(out))


@exercise("first_graph.walk")
def test_a_graph_of_thousands_of_nodes_is_walked(torch, see):
    """A long computation leaves a long chain: a function that calls itself for each node does not reach its end."""
    from lessons.first_graph import walk

    node = Stop("AccumulateGrad")
    for _ in range(3000):
        node = Stop("AddBackward0", node, None)
    names = walk(SimpleNamespace(grad_fn=node))
    see.value([len(names), names[-1]])


@exercise("first_graph.find_accumulator")
def test_a_leaf_is_found_by_who_it_is(torch, see):
    """`find_accumulator` finds the node that feeds this very leaf.

    Two leaves may hold the same number: compare who they are, not what they hold.
    """
    from lessons.first_graph import find_accumulator

    a, b = torch.tensor([1.0], requires_grad=True), torch.tensor([1.0], requires_grad=True)
    to_a, to_b = Stop("AccumulateGrad", variable=a), Stop("AccumulateGrad", variable=b)
    out = SimpleNamespace(grad_fn=Stop("MulBackward0", to_a, to_b))
    see.identical(find_accumulator(out, a), to_a)
    see.identical(find_accumulator(out, b), to_b)


@exercise("first_graph.gradients_after")
def test_a_second_backward_pass_adds_to_the_first(torch, see):
    """`gradients_after` reports what `.grad` held after each pass.

    Nothing is zeroed, so it adds up. And it is changed in place: a tensor that you kept after the first pass shows the
    second one, too.
    """
    from lessons.first_graph import gradients_after

    w = torch.tensor([1.0], requires_grad=True)
    losses = [Loss(w, torch.tensor([2.0])), Loss(w, torch.tensor([3.0]))]
    see.value(gradients_after(w, losses))


@exercise("first_graph.training_step")
def test_a_step_forgets_the_gradient_of_the_step_before(torch, see):
    """A training step follows the gradient of its own loss alone.

    What an earlier loss left in `.grad` must not count; and `weight = …` would only give the name to another tensor.
    """
    from lessons.first_graph import training_step

    w = torch.tensor([1.0, 1.0], requires_grad=True)
    w.grad = torch.tensor([100.0, 100.0])
    training_step(w, Loss(w, torch.tensor([2.0, -2.0])), 0.25)
    see.value(w)
