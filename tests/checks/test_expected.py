"""The reference's transcripts are recorded by a sandbox, and refused where nothing can be held against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from autograder import probe
from autograder.checks.expected import observe, sound
from autograder.model.check import Check, Task
from autograder.model.course import Limits
from autograder.model.errors import CourseError
from autograder.model.transcript import Count, Entry, Failure, Graph, Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended

MakeCheck = Callable[..., Check]


class HereAndNow:
    """A sandbox without walls: the probe in this very process."""

    @contextmanager
    def start(self, files: dict[str, bytes], package: str, limits: Limits) -> Iterator[Any]:
        """A child that is no process."""
        self.candidate = probe.load(files, package)
        yield self

    def run(self, task: Task) -> Transcript:
        """What a child answers."""
        return msgspec.convert(probe.run(msgspec.to_builtins(task), self.candidate), Transcript)


def test_the_references_transcripts_are_recorded(make_check: MakeCheck) -> None:
    """One for each check, by its id."""
    check = make_check("see.count(torch.answer)")
    transcripts = observe(HereAndNow(), {"fake/__init__.py": b"answer = 42"}, "fake", Limits(), [check], seed=1)
    assert transcripts == {check.id: Transcript(entries=(Entry(line=2, observation=Count(count=42)),))}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Ended(outcome=Outcome.TIMED_OUT, message="{s} s", values={"s": "2"}), r"test_x::test_it timed out: 2 s"),
        (
            Transcript(entries=(), failure=Failure(type="KeyError", text="'x'", line=3)),
            r"test_x::test_it ends in KeyError: 'x' \(line 3\); wrap what is meant to raise in see.raises\(\)",
        ),
        (Transcript(entries=()), "test_x::test_it observes nothing; call a method of see"),
        (
            Transcript(entries=(Entry(line=2, observation=Count(count=1)),), is_cut=True),
            "test_x::test_it observes more than a transcript holds; make the example smaller",
        ),
        (
            Transcript(entries=(Entry(line=2, observation=Graph(roots=(), nodes=(), is_cut=True)),)),
            "test_x::test_it observes more than a transcript holds; make the example smaller",
        ),
    ],
)
def test_a_reply_that_nothing_can_be_held_against_is_refused(make_check: MakeCheck, reply: Any, words: str) -> None:
    """The sentence names the check's file and line."""
    with pytest.raises(CourseError, match=f"^checks/test_x.py:1: on the reference, {words}"):
        sound(reply, make_check("see.count(1)"))
