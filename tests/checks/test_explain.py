"""What a student is told of a check that did not pass: the difference, the frames, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.checks.advice import CELLS, MEMORY, advice_on
from autograder.checks.causes import RAISED_IN, RAISED_IN_CHECK
from autograder.checks.desk import Desk
from autograder.checks.explain import explain
from autograder.model.ids import ExerciseId
from autograder.model.verdict import Cause, Outcome, Verdict
from tests.checks.tiny import notebook

if TYPE_CHECKING:
    from pathlib import Path


def test_an_exception_shows_the_students_frames(workspace: Path) -> None:
    """And the line of the check that led there; a check that passed has nothing to say."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    return deeper()\ndef deeper():\n    return 1 / 0\n")
    desk = Desk(workspace)
    check = desk.checks()[0]
    told = explain(check, desk.judge(check), desk.home)
    assert "    see.count(torch.edge.answer())" in told
    assert 'File "fake/edge.py", line 4, in deeper\n    return 1 / 0\nZeroDivisionError: division by zero' in told
    assert explain(check, Verdict(check=check.id, outcome=Outcome.PASSED), desk.home) == ""
    assert "What it is about: fake/edge.py::deeper\n" in told
    (workspace / "fake" / "edge.py").write_text("def answer():\n    return 41\n")
    desk.reload()
    unknown = msgspec.structs.replace(check, exercise=ExerciseId("no.such"), line=99)
    assert "What it is about" not in explain(unknown, desk.judge(check), desk.home)


def test_what_cannot_be_pasted_is_named_as_the_check_does(workspace: Path) -> None:
    """In a loop there is no saying which time it was; and a lesson's function is in its notebook alone."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    return 41\n")
    (workspace / "lessons" / "01_first.ipynb").write_text(notebook("def count():\n    return 2\n"))
    desk = Desk(workspace)
    check, lesson = desk.checks()
    verdict = desk.judge(check)
    looped = msgspec.structs.replace(check, source=check.source.replace("    see", "    for _ in '1': see"))
    assert "Look at it yourself, where the check does: torch.edge.answer()\n" in explain(looped, verdict, desk.home)
    [unit] = desk.home.units
    written_there = msgspec.structs.replace(unit.exercises[0], target="lessons/first.py::count")
    units = (msgspec.structs.replace(unit, exercises=(written_there,)),)
    told = explain(lesson, desk.judge(lesson), msgspec.structs.replace(desk.home, units=units))
    assert "paste this into a new cell at the end of lessons/01_first.ipynb:\n    import fake as torch\n" in told


def test_an_exception_in_a_lesson_names_the_cell_and_its_line(workspace: Path) -> None:
    """The module that was made of the cells is in no folder of the student's."""
    cells = notebook("def count():\n    return deeper()\n\n\ndef deeper():\n    return 1 / 0")
    (workspace / "lessons" / "01_first.ipynb").write_text(cells)
    desk = Desk(workspace)
    check = desk.checks()[1]
    told = explain(check, desk.judge(check), desk.home)
    assert "deeper in lessons/01_first.ipynb, cell 1 raised in line 6: ZeroDivisionError" in told
    assert 'File "lessons/01_first.ipynb, cell 1", line 2, in count\n    return deeper()\n' in told
    assert "What it is about: lessons/01_first.ipynb, the cell of deeper\n" in told


def test_a_function_that_was_renamed_or_deleted_is_told_with_a_way_back(workspace: Path) -> None:
    """Python's own words name a file that the student doesn't have."""
    (workspace / "lessons" / "01_first.ipynb").write_text(notebook("def counts():\n    return 3"))
    desk = Desk(workspace)
    check = desk.checks()[1]
    told = explain(check, desk.judge(check), desk.home)
    assert "no exercise's cell of this lesson defines count; was it renamed, or its cell deleted?" in told
    assert "Give it the name count again; or `autograder reset lessons/01_first.ipynb` brings the lesson as" in told
    assert "in your code" not in told
    assert "first.py" not in told


@pytest.mark.parametrize(
    ("message", "values", "told"),
    [
        (
            RAISED_IN_CHECK,
            {"error": "AttributeError: 'NoneType' object has no attribute 'x'"},
            "The check got None there. What does answer return?",
        ),
        (
            RAISED_IN_CHECK,
            {"error": "TypeError: 'generator' object is not subscriptable"},
            "The check got generator there. What does answer return?",
        ),
        (RAISED_IN, {"error": "NameError: name 'np' is not defined", "file": "lessons/01_a.ipynb"}, CELLS),
        (RAISED_IN, {"error": "MemoryError", "file": "fake/edge.py"}, MEMORY),
        (RAISED_IN, {"error": "NameError: name 'np' is not defined", "file": "fake/edge.py"}, ""),
    ],
)
def test_an_exception_that_says_too_little_gets_a_sentence(
    workspace: Path, message: str, values: dict[str, str], told: str
) -> None:
    """About what came back from a function, what a lesson's cells hold, or memory."""
    desk = Desk(workspace)
    assert advice_on(desk.checks()[0], Cause(message=message, values=values), desk.home) == told


def test_what_another_function_gave_is_not_laid_to_the_exercises(workspace: Path) -> None:
    """A check that doesn't call the exercise's function can't have got it from there."""
    desk = Desk(workspace)
    check = msgspec.structs.replace(desk.checks()[0], source="def test_it(torch, see):\n    torch.other().x\n")
    values = {"error": "AttributeError: 'NoneType' object has no attribute 'x'"}
    assert advice_on(check, Cause(message=RAISED_IN_CHECK, values=values), desk.home) == ""


def test_what_a_check_itself_raises_shows_no_empty_traceback(workspace: Path) -> None:
    """Frames of the student's files alone are shown, those of given ones never."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    return None\n")
    desk = Desk(workspace)
    check = desk.checks()[0]
    assert "in your code" not in explain(check, desk.judge(check), desk.home)
    candidate = desk.candidate()
    assert candidate is not None
    assert set(candidate.files.values()) == {"fake/edge.py", "lessons/first.py"}
