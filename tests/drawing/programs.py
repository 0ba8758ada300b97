"""Programs that run on any package with PyTorch's API, and what a real backward pass of them does."""

from __future__ import annotations

from types import SimpleNamespace

from autograder.drawing.film import ranks_of
from autograder.drawing.live import live_graph
from autograder.drawing.performing import Performer, gradient_text
from autograder.drawing.rehearsal import Rehearsal


def diamond(torch):
    """One product, used twice."""
    x, y = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    h = x * y
    return h * h + x, {"x": x, "y": y}


def two_arms(torch):
    """Two independent arms that grow by turns."""
    x, y = torch.tensor(0.5, requires_grad=True), torch.tensor(0.25, requires_grad=True)
    p = y.exp()
    q = x.tanh()
    p2 = p.sigmoid()
    return p2 * q.exp(), {"x": x, "y": y}


def outputs(torch):
    """A node with three outputs, one of them unused, one used twice; and broadcasting, which no node shows."""
    m = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=True)
    x = torch.tensor(2.0, requires_grad=True)
    a, _, c = m.unbind(0)
    return (a * c * x + c).sum(), {"m": m, "x": x}


def custom(torch):
    """A function of the user's own with an argument that is no tensor."""

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, power, a):
            ctx.save_for_backward(a)
            return a**power

        @staticmethod
        def backward(ctx, gradient):
            (a,) = ctx.saved_tensors
            return None, gradient * 2 * a

    x = torch.tensor(3.0, requires_grad=True)
    return Square.apply(2, x) + 1, {"x": x}


PROGRAMS = [diamond, two_arms, outputs, custom]


def rehearsed(out, leaves):
    """What each node takes, in the order in which they run, as the film has it."""
    live = live_graph([out], leaves, {})
    performer = Performer(live)
    moments = Rehearsal(live.graph, ranks_of(live), performer.run, performer.add).moments(performer.first_gradient())
    return [
        (live.nodes[moment.running].name(), [gradient_text(gradient) for gradient in moment.taken])
        for moment in moments
        if moment.running is not None
    ]


def really(out, leaves):
    """The same, seen by hooks during a real pass."""
    live = live_graph([out], leaves, {})
    seen = []

    def watch(node):
        node.register_prehook(lambda gradients: seen.append((node.name(), [gradient_text(each) for each in gradients])))

    for node in live.nodes:
        watch(node)
    out.backward()
    return seen


def stand_in(name="AddBackward0"):
    """A tensor that can only be looked at: `x + 1`."""
    x = SimpleNamespace(grad_fn=None, requires_grad=True)
    leaf = SimpleNamespace(name=lambda: "AccumulateGrad", next_functions=(), variable=x)
    node = SimpleNamespace(name=lambda: name, next_functions=((leaf, 0), (None, 0)))
    return SimpleNamespace(grad_fn=node, output_nr=0, requires_grad=True), x
