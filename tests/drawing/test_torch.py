"""Graphs of real PyTorch, drawn and rehearsed."""

import mytorch
import pytest

from autograder import draw
from tests.drawing.picture import Picture
from tests.drawing.programs import PROGRAMS, diamond, really, rehearsed

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.torch,
    pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__),
]


def test_a_rehearsal_is_what_pytorchs_engine_does(program):
    """Same order, same gradients in every buffer."""
    out, leaves = program(torch)
    assert rehearsed(out, leaves) == really(out, leaves)


def test_the_film_says_the_same_of_both(program):
    """Word for word; and PyTorch's gradients are left alone."""
    (ours, our_leaves), (theirs, their_leaves) = program(mytorch), program(torch)
    assert draw.backward(theirs, **their_leaves).sentences == draw.backward(ours, **our_leaves).sentences
    assert all(leaf.grad is None for leaf in their_leaves.values())


def test_our_graph_is_pytorchs(program):
    """As a difference with nothing in it, the leaves named in pairs."""
    (ours, our_leaves), (theirs, their_leaves) = program(mytorch), program(torch)
    pairs = {name: (leaf, our_leaves[name]) for name, leaf in their_leaves.items()}
    assert draw.diff(theirs, ours, **pairs).sentences == ("The two graphs are equal.",)


def test_another_graph_is_told(program):
    """PyTorch's `h * h + x` expected, another one found."""
    theirs, leaves = diamond(torch)
    found, others = program(mytorch)
    pairs = {name: (leaf, others.get(name)) for name, leaf in leaves.items()}
    assert (draw.diff(theirs, found, **pairs).sentences == ("The two graphs are equal.",)) == (program is diamond)


def test_values_of_pytorch(program):
    """Leaves show what they hold."""
    out, leaves = program(torch)
    texts = Picture(draw(out, values=True, shapes=True, **leaves).svg).texts()
    assert all(f"{name}.grad = None" in texts for name in leaves)
