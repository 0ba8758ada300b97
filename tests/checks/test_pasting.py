"""What a student pastes to see what a check saw."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from autograder.checks.pasting import MOST_LINES, pasted

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.model.check import Check

HELPERS = """\
from types import SimpleNamespace


class Step:
    pass


"""


@pytest.fixture
def lines(make_check: Callable[..., Check]) -> Callable[..., tuple[str, ...]]:
    """What is to be pasted for a check's body, which saw a difference at a path in its last line or in another."""

    def of(body: str, path: str, line: int = -1, **arguments: object) -> tuple[str, ...]:
        written = dedent(body).strip().splitlines()
        names = ", ".join(["torch", "see", "rng", *arguments])
        source = f"{HELPERS}def test_it({names}):\n" + "".join(f"    {each}\n" for each in written)
        numbers = range(len(HELPERS.splitlines()) + 2, len(source.splitlines()) + 1)
        check = make_check("", source=source, function="test_it", arguments=arguments, file="checks/test_x.py")
        return pasted(check, numbers[line], path, "mytorch")

    return of


def test_the_way_to_what_was_looked_at(lines: Callable[..., tuple[str, ...]]) -> None:
    """Other looks are left out; what they do is done, what is borrowed from the check's file is imported."""
    body = """
    from lessons.first import walk
    x = torch.tensor([1.0])
    see.value(x.add_(1))
    see.graph(x)
    with see.raises():
        x.no_such()
    see.order(walk(SimpleNamespace(grad_fn=Step())))
    """
    assert lines(body, "walk(SimpleNamespace(grad_fn=Step()))[1]") == (
        "import mytorch as torch",
        "from checks.test_x import SimpleNamespace, Step",
        "x = torch.tensor([1.0])",
        "x.add_(1)",
        "walk(SimpleNamespace(grad_fn=Step()))[1]",
    )


def test_what_comes_after_is_left_out(lines: Callable[..., tuple[str, ...]]) -> None:
    """And a block that should raise gives what is in it."""
    body = """
    x = torch.tensor([1.0])
    with see.raises(text=True):
        x.backward()
    y = x + 1
    """
    assert lines(body, "x.backward()", 2) == ("import mytorch as torch", "x = torch.tensor([1.0])", "x.backward()")


def test_parameters_have_their_values(lines: Callable[..., tuple[str, ...]]) -> None:
    """Those that are used."""
    assert lines("see.value(n + 1)", "n + 1", n=3, other=4) == ("import mytorch as torch", "n = 3", "n + 1")


@pytest.mark.parametrize(
    "body",
    [
        "for n in range(3):\n    see.value(n)",
        "x = rng.normal()\nsee.value(x)",
        "def report(n):\n    see.count(n)\nx = 1\nsee.value(x)",
        "x = 1\n" + "x = x + 1\n" * MOST_LINES + "see.value(x)",
    ],
    ids=["in a loop", "random numbers", "looks inside a function", "many lines"],
)
def test_what_takes_more_than_a_few_lines_is_not_pasted(lines: Callable[..., tuple[str, ...]], body: str) -> None:
    """The name of the place must do."""
    assert lines(body, "x") == ()
