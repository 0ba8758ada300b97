"""Tiny candidates and checks, given as text; transcripts made of them by the probe; courses with one exercise."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from autograder import probe
from autograder.model.check import Check, Truth, Visibility
from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.ids import CheckId, ExerciseId, UnitId
from autograder.model.transcript import Transcript
from tests.checks import tiny

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PACKAGE = """
class Tensor:
    grad, output_nr, shape, dtype = None, 0, (2,), "fake.float64"
    def __init__(self, grad_fn=None, requires_grad=True, numbers=(1.0, 2.0)):
        self.grad_fn, self.requires_grad, self.numbers = grad_fn, requires_grad, numbers
    def tolist(self): return list(self.numbers)

class Node:
    def __init__(self, own_name, *edges, variable=None):
        self.own_name, self.next_functions, self.variable = own_name, edges, variable
    def name(self): return self.own_name

class Edge:
    def __init__(self, function=None, input_nr=0):
        self.function, self.input_nr = function, input_nr
    def is_valid(self): return self.function is not None

x, y = Tensor(), Tensor()
a = Node("torch::autograd::AccumulateGrad", variable=x)
b = Node("torch::autograd::AccumulateGrad", variable=y)
m = Node("MulBackward0", (a, 0), (a, 0))
add = Node("AddBackward0", (m, 0), (None, 0))
out = Tensor(add)
"""


@pytest.fixture(autouse=True)
def _forget_candidates() -> Iterator[None]:
    yield
    probe.unload()


@pytest.fixture
def package() -> str:
    """A package whose `out` has the graph of `x * x + 1`."""
    return PACKAGE


@pytest.fixture
def make_check() -> Callable[..., Check]:
    """A public check of a body, which begins in line 2 of its file."""

    def make(body: str, **changes: Any) -> Check:
        source = "def test_it(torch, see):\n" + "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
        values: dict[str, Any] = {
            "id": CheckId("test_x::test_it"),
            "exercise": ExerciseId("unit.thing"),
            "title": "A title.",
            "visibility": Visibility.PUBLIC,
            "points": 0.0,
            "truth": Truth.TORCH,
            "file": "checks/test_x.py",
            "line": 1,
            "source": source,
            "function": "test_it",
        }
        return Check(**{**values, **changes})

    return make


@pytest.fixture
def transcribe() -> Callable[[Check, str], Transcript]:
    """The transcript of a check on a package of that text."""

    def transcript(check: Check, text: str) -> Transcript:
        candidate = probe.load({"fake/__init__.py": text.encode()}, "fake")
        return msgspec.convert(probe.run(msgspec.to_builtins(check.task(1)), candidate), Transcript)

    return transcript


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose only exercise is `unit.thing`, in an empty folder."""
    exercise = Exercise(
        id=ExerciseId("unit.thing"), unit=UnitId("unit"), target=Target(file="fake/edge.py", qualname="Edge.is_valid")
    )
    return Course(
        id="tiny",
        title={},
        languages=(),
        package="fake",
        root=tmp_path / "course",
        solutions=tmp_path / "solutions",
        units=(Unit(id=UnitId("unit"), title={}, exercises=(exercise,)),),
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A student's workspace in which everything is solved."""
    return tiny.made_in(tmp_path)
