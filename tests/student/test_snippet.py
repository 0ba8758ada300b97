"""What a few lines of Python use, and what they end in."""

from __future__ import annotations

import pytest

from autograder.model.errors import UsageError
from autograder.student.snippet import read_snippet


@pytest.mark.parametrize(
    ("source", "leaves"),
    [
        ("x * y + 1", {"x": 2.0, "y": 3.0}),
        ("y * x * y", {"y": 2.0, "x": 3.0}),
        ("h = x * x; h + h", {"x": 2.0}),
        ("torch.stack([x, x]).sum()", {"x": 2.0}),
        ("sum(v * w for v in [a, b])", {"w": 2.0, "a": 3.0, "b": 4.0}),
        ("f = lambda v: v * k\nf(x)", {"k": 2.0, "x": 3.0}),
        ("def f(v):\n    return v\nf(x)", {"x": 2.0}),
        ("import math as m\nx * m.pi", {"x": 2.0}),
        ("import os.path\nx", {"x": 2.0}),
    ],
)
def test_names_that_nobody_gives_become_leaves(source: str, leaves: dict[str, float]) -> None:
    """In the order in which they stand, 2, 3, 4, …; what Python or the snippet knows is none."""
    assert read_snippet(source, ["torch"], "<draw>").leaves == leaves


@pytest.mark.parametrize(("source", "out"), [("x * 2", "out"), ("h = x; loss = h * 2", "loss"), ("x;", "out")])
def test_the_last_line_is_drawn(source: str, out: str) -> None:
    """An expression, or what is assigned."""
    snippet = read_snippet(source, [], "<draw>")
    names = {"x": 3.0}
    exec(snippet.code, names)
    assert snippet.out == out
    assert out in names


@pytest.mark.parametrize("source", ["", "import os", "x.y = 3", "x, y = 1, 2", "# nothing"])
def test_what_ends_in_nothing_is_refused(source: str) -> None:
    """With what to do."""
    with pytest.raises(UsageError, match="ends in nothing to draw: end it in an expression"):
        read_snippet(source, [], "<draw>")


def test_what_is_no_python_says_where() -> None:
    """As Python does."""
    with pytest.raises(SyntaxError, match="invalid syntax"):
        read_snippet("x +", [], "<draw>")
