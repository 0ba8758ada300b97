"""How far an exercise is: done, wrong, not written, or waiting for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.checks.causes import RAISES_UNWRITTEN, UNWRITTEN, UNWRITTEN_SOMEWHERE, parted
from autograder.model.check import Check, Truth, Visibility
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.student.rounds import told
from autograder.student.standing import Standing, next_step, survey

if TYPE_CHECKING:
    from autograder.model.workspace import Home
    from autograder.student.standing import Judged

WRONG = parted("x", "1", "2")
DONE, UNWRITTEN_YET, WAITING = Standing.DONE, Standing.UNWRITTEN, Standing.WAITING


def stub(file: str, function: str) -> Cause:
    """A check that ran into a stub."""
    return Cause(message=UNWRITTEN, values={"file": file, "function": function})


def judged(exercise: str, cause: Cause | None = None) -> Judged:
    """One check of an exercise, and why it does not pass, if it doesn't."""
    check = Check(
        id=f"test::{exercise}",
        exercise=exercise,
        title="",
        visibility=Visibility.PUBLIC,
        points=0,
        truth=Truth.REFERENCE,
        file="",
        line=1,
        source="",
        function="",
    )
    return check, Verdict(check=check.id, outcome=Outcome.FAILED if cause else Outcome.PASSED, cause=cause)


@pytest.mark.parametrize(
    ("causes", "standing", "waits_for"),
    [
        ({}, DONE, None),
        ({"powers.fourfold": WRONG}, Standing.WRONG, None),
        ({"powers.fourfold": stub("tiny/powers.py", "fourfold")}, UNWRITTEN_YET, None),
        ({"powers.fourfold": stub("tiny/powers.py", "fourfold.inner")}, UNWRITTEN_YET, None),
        ({"powers.fourfold": stub("tiny/powers.py", "of_my_own")}, UNWRITTEN_YET, None),
        ({"powers.fourfold": stub("tiny/sums.py", "twice")}, WAITING, "sums.twice"),
        ({"powers.fourfold": stub("lessons/01_play.ipynb", "half")}, WAITING, "play.half"),
        ({"powers.fourfold": Cause(message=UNWRITTEN_SOMEWHERE)}, UNWRITTEN_YET, None),
        ({"powers.fourfold": parted("x", "1", "2", RAISES_UNWRITTEN)}, UNWRITTEN_YET, None),
        ({"powers.fourfold": WRONG, "sums.Box.size": WRONG}, WAITING, "sums.Box.size"),
        ({"powers.fourfold": WRONG, "sums.Box.size": stub("tiny/sums.py", "Box.size")}, WAITING, "sums.Box.size"),
    ],
)
def test_the_verdicts_say_how_far_an_exercise_is(
    home: Home, causes: dict[str, Cause], standing: Standing, waits_for: str | None
) -> None:
    """A stub of its own, of another exercise, or a unit that it needs makes the difference."""
    found = survey(
        home, [judged(name, causes.get(name)) for name in ("powers.fourfold", "sums.twice", "sums.Box.size")]
    )
    assert [progress.exercise for progress in found] == ["sums.twice", "sums.Box.size", "powers.fourfold"]
    assert (found[-1].standing, found[-1].waits_for) == (standing, waits_for)


def test_the_next_step_waits_for_nothing(home: Home) -> None:
    """Of what is not done, the first that can be worked on; of those that all wait, the first."""
    waiting, wrong = judged("sums.twice", stub("tiny/powers.py", "fourfold")), judged("powers.fourfold", WRONG)
    step = next_step(survey(home, [waiting, wrong]))
    assert step is not None
    assert step.exercise == "powers.fourfold"
    step = next_step(survey(home, [waiting, judged("powers.fourfold", stub("tiny/sums.py", "twice"))]))
    assert step is not None
    assert step.exercise == "sums.twice"
    assert next_step(survey(home, [judged("sums.twice")])) is None


def test_what_comes_first_is_told(home: Home) -> None:
    """Asked for a unit that needs another, the exercise to work on is the other's."""
    round_ = told(
        home,
        ["powers.fourfold"],
        [judged("sums.twice", WRONG), judged("powers.fourfold", WRONG)],
        has_lost=False,
    )
    assert round_.step is not None
    assert (round_.step.exercise, round_.comes_first) == ("sums.twice", True)
    assert [progress.exercise for progress in round_.shown] == ["powers.fourfold"]


def test_of_a_step_its_own_difference_is_told_first(home: Home) -> None:
    """Not that another exercise, which one of its checks called, is not written yet."""
    own = stub("tiny/sums.py", "twice")
    checks = [judged("sums.twice", stub("tiny/sums.py", "Box.size")), judged("sums.twice", own)]
    round_ = told(home, ["sums.twice"], checks, has_lost=False)
    assert round_.verdict is not None
    assert round_.verdict.cause == own


def test_what_is_done_needs_nothing_more(home: Home) -> None:
    """Where all that was wanted passes, what it needs is not looked at."""
    round_ = told(home, ["powers.fourfold"], [judged("sums.twice", WRONG), judged("powers.fourfold")], has_lost=False)
    assert (round_.is_done, round_.step) == (True, None)


def test_what_could_not_be_checked_is_not_done(home: Home) -> None:
    """Missing is never a pass; but an exercise that never had a public check is no fault."""
    wanted = ["sums.twice", "sums.Box.size"]
    assert not told(home, wanted, [judged("sums.twice")], has_lost=True).is_done
    assert told(home, wanted, [judged("sums.twice")], has_lost=False).is_done
