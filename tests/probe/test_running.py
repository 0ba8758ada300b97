"""A check is run on a candidate; the transcript says what it saw and how its body ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from autograder import probe
from autograder.model.transcript import Transcript
from autograder.probe.observer import BYTES, ENTRIES

Run = Callable[..., dict[str, Any]]

PACKAGE = """
class Tensor:
    shape, dtype, grad = (1,), "fake.float64", None
    def __init__(self, *numbers): self.numbers = list(numbers)
    def tolist(self): return self.numbers

def stub(): raise NotImplementedError
def outer(): return stub()
class OwnError(KeyError): pass
def own(): raise OwnError("secret")
def leave(): raise SystemExit
"""


def test_every_kind_of_observation_is_decoded_strictly_outside(run: Run) -> None:
    """Entries stand in order, each with the line that made it and its label."""
    body = """
    import weakref
    t = torch.Tensor(1.5)
    see.value(t, "first", rtol=0.1)
    see.grad(t)
    t.grad = torch.Tensor(0.0)
    see.grad(t, atol=0.5)
    with see.raises():
        torch.own()
    with see.raises(text=True):
        torch.own()
    with see.raises():
        pass
    see.order(["a", "b"])
    see.count(3)
    see.alive(weakref.ref(t))
    see.identical(t, t)
    """
    transcript = msgspec.json.decode(json.dumps(run(body, PACKAGE)), type=Transcript)
    assert transcript.failure is None
    assert [entry.line for entry in transcript.entries] == [4, 5, 7, 8, 10, 12, 14, 15, 16, 17]
    assert transcript.entries[0].label == "first"
    kinds = [type(entry.observation).__name__ for entry in transcript.entries]
    assert kinds == ["Seen", "Grad", "Grad", "Raised", "Raised", "Raised", "Order", "Count", "Alive", "Identical"]


def test_an_exception_is_known_by_its_nearest_built_in_class(run: Run) -> None:
    """Its text is recorded only where the check asks; `SystemExit` is recorded too."""
    body = """
    with see.raises():
        torch.own()
    with see.raises(text=True):
        torch.own()
    with see.raises():
        torch.leave()
    with see.raises():
        torch.stub()
    """
    seen = [(entry["observation"]["type"], entry["observation"]["text"]) for entry in run(body, PACKAGE)["entries"]]
    assert seen == [("KeyError", None), ("KeyError", "'secret'"), ("SystemExit", None), ("NotImplementedError", None)]


def test_values_are_taken_at_once(run: Run) -> None:
    """What changes later was seen as it was."""
    body = """
    numbers = [1]
    see.value(numbers)
    numbers.append(2)
    """
    assert len(run(body)["entries"][0]["observation"]["value"]["items"]) == 1


def test_a_stub_is_a_failure_that_names_its_function(run: Run) -> None:
    """What was seen before stays; the frames are the student's only."""
    transcript = run("see.count(1)\ntorch.outer()", PACKAGE)
    failure = transcript["failure"]
    assert len(transcript["entries"]) == 1
    assert (failure["type"], failure["text"], failure["line"]) == ("NotImplementedError", "", 3)
    assert failure["place"] == {"file": "fake/__init__.py", "line": 7, "function": "stub"}
    assert failure["traceback"].splitlines() == [
        '  File "fake/__init__.py", line 8, in outer',
        "    def outer(): return stub()",
        '  File "fake/__init__.py", line 7, in stub',
        "    def stub(): raise NotImplementedError",
        "NotImplementedError",
    ]


@pytest.mark.parametrize("body", ["raise SystemExit", "raise KeyboardInterrupt", "raise GeneratorExit", "1 / 0"])
def test_whatever_the_body_raises_is_recorded(run: Run, body: str) -> None:
    """No exception leaves the probe."""
    assert run(body)["failure"]["line"] == 2


def test_a_deep_recursion_is_folded(run: Run) -> None:
    """A frame that follows itself stands there once; of others, the last twenty."""
    failure = run("torch.f()", "def f(): f()")["failure"]
    assert failure["type"] == "RecursionError"
    assert failure["traceback"].count("File") == 1
    assert "more times]\nRecursionError" in failure["traceback"]
    both = run("torch.f()", "def f(): g()\ndef g(): f()")["failure"]
    assert both["traceback"].count("File") == 20


def test_a_candidate_that_was_not_imported_fails_every_check(run: Run) -> None:
    """With the record of its import."""
    transcript = run("see.count(1)", "1 / 0")
    assert transcript["entries"] == []
    assert transcript["failure"]["type"] == "ZeroDivisionError"


def test_numbers_depend_on_seed_and_check(run: Run) -> None:
    """The same for both candidates, others for another check."""
    first = run("see.value(float(rng.normal()))")
    assert first == run("see.value(float(rng.normal()))")
    assert probe.random_numbers(3, "a").normal() != probe.random_numbers(3, "b").normal()
    assert probe.random_numbers(3, "a").normal() != probe.random_numbers(4, "a").normal()


def test_parameters_are_given_by_name(run: Run) -> None:
    """They are the values of one parameter set."""
    assert run("see.count(n)", arguments={"n": 7})["entries"][0]["observation"]["count"] == 7


def test_output_is_kept_and_cut(run: Run) -> None:
    """One long line is no exception; a last line says that something is missing."""
    assert run("print('hello')")["output"] == "hello\n"
    assert run("import sys\nsys.stderr.write('é' * 10**7)", output_bytes=5)["output"] == "éé\n[cut after 5 bytes]"
    assert run("print('abcd')\nprint('x')", output_bytes=5)["output"] == "abcd\n\n[cut after 5 bytes]"


def test_a_transcript_has_a_limited_size(run: Run) -> None:
    """Of entries and of bytes; it says that it was cut."""
    many = run("for number in range(2000):\n    see.count(number)")
    large = run("for number in range(100):\n    see.value('x' * 100_000, 'y' * 10_000)\n    see.value([1.5] * 10_000)")
    assert many["is_cut"]
    assert len(many["entries"]) == ENTRIES
    assert large["is_cut"]
    assert len(json.dumps(large["entries"])) < 2 * BYTES


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("t = torch.Tensor()\nt.grad = 3\nsee.grad(t)", "the gradient is an int, expected a tensor or None"),
        ("see.order([1])", "item 0 is an int, expected a string"),
        ("see.count('many')", "the count is a str, expected a whole number"),
    ],
)
def test_what_cannot_be_seen_is_told(run: Run, body: str, text: str) -> None:
    """A sentence that a student understands."""
    failure = run(body, PACKAGE)["failure"]
    assert (failure["type"], failure["text"]) == ("TypeError", text)


def test_standard_streams_are_given_back(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Also after a body that raised."""
    run("raise SystemExit")
    print("heard")  # noqa: T201
    assert capsys.readouterr().out == "heard\n"
