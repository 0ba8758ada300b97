"""At home: plain `pytest` in a workspace runs the checks on the student's code and explains what failed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.checks.advice import CELLS, MEMORY, advice_on
from autograder.checks.causes import RAISED_IN, RAISED_IN_CHECK
from autograder.checks.desk import Desk, run_home
from autograder.checks.explain import explain
from autograder.model.course import Limits
from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.transcript import Count, Entry, Transcript
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, Home, HomeExercise, HomeUnit

if TYPE_CHECKING:
    from pathlib import Path


PYPROJECT = '[tool.pytest.ini_options]\naddopts = "-p autograder.checks.home"\ntestpaths = ["checks"]\n'
CHECKS = '''
import pytest

from autograder import exercise


@exercise("unit.thing")
@pytest.mark.parametrize("n", [1])
def test_it(torch, see, n):
    """The answer is 42.

    Think of the question.
    """
    see.count(torch.edge.answer())


@exercise("unit.thing")
def test_lesson(torch, see):
    """The lesson's function counts."""
    from lessons.first import count

    see.count(count())


def test_own(torch, see, rng):
    see.count(3)
    assert torch.edge.answer() == 42
    assert 0 <= rng.random() < 1


def test_own_mistake():
    assert 1 == 2
'''
ANSWER = "def answer():\n    return 42\n"
LESSON = "def count():\n    return 42"


def notebook(source: str) -> str:
    """A lesson's notebook with one exercise cell."""
    cell = {"cell_type": "code", "source": source, "metadata": {"exercise": "unit.count"}}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which everything is solved."""
    exercise = HomeExercise(id=ExerciseId("unit.thing"), target="fake/edge.py::answer")
    unit = HomeUnit(
        id=UnitId("unit"), title="Unit", modules=("edge.py",), lesson="01_first", needs=(), exercises=(exercise,)
    )
    limits = Limits(check_cpu_s=0.2)
    home = Home(
        course="tiny",
        title="Tiny",
        language=Language("en"),
        level="bare",
        package="fake",
        seed=1,
        limits=limits,
        units=(unit,),
    )
    lines = {"test_x::test_it[1]": 14, "test_x::test_lesson": 22}
    expected = {
        key: Transcript(entries=(Entry(line=line, observation=Count(count=42)),)) for key, line in lines.items()
    }
    files = {
        "pyproject.toml": PYPROJECT,
        "checks/test_x.py": CHECKS,
        "fake/__init__.py": "from . import edge as edge\n",
        "fake/edge.py": ANSWER,
        "lessons/01_first.ipynb": notebook(LESSON),
        COURSE_FILE: msgspec.json.encode(home).decode(),
        EXPECTED_FILE: msgspec.json.encode(expected).decode(),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def in_language(workspace: Path, language: str) -> None:
    """The same workspace for readers of another language."""
    path = workspace / COURSE_FILE
    path.write_text(path.read_text().replace('"language":"en"', f'"language":"{language}"'))


def verdicts(workspace: Path) -> list[Verdict]:
    """Those of the two checks; own tests have none."""
    return [verdict for _, verdict in run_home(workspace)]


def run_pytest(workspace: Path, *arguments: str) -> str:
    """What plain pytest prints there, at a student's desk: where it runs for CI its summary is longer."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    at_home = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
    done = subprocess.run(command, cwd=workspace, env=at_home, capture_output=True, encoding="utf-8", check=False)
    return done.stdout


def test_pytest_runs_checks_and_the_students_own_tests(workspace: Path) -> None:
    """The three names work in both; an own test that fails is pytest's to explain."""
    printed = run_pytest(workspace)
    assert "1 failed, 3 passed" in printed
    assert "assert 1 == 2" in printed


def test_pytest_shows_the_explanation_and_nothing_of_its_own(workspace: Path) -> None:
    """In the language of the workspace: title, first difference, where the check looks, target, hint."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    print('hello')\n    return 41\n")
    shown = run_pytest(workspace, "-k", "test_it").partition("test_it[1] ")[2].partition("=====")[0]
    assert dedent(shown.partition("\n")[2]) == dedent("""\
        The answer is 42.
          torch.edge.answer(): expected 42, found 41

        The check is in checks/test_x.py, line 14:
            see.count(torch.edge.answer())
            # n = 1
        See it yourself: paste this into Python, started in this folder, or into a new cell of a lesson:
            import fake as torch
            torch.edge.answer()
        What it is about: fake/edge.py::answer
        Hint: Think of the question.

        Your code printed:
        hello

        """)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def answer():\n    raise NotImplementedError", "fake/edge.py 中的 answer 还没有写"),
        ("def answer(:\n", "fake/edge.py 从第 1 行起不是合法的 Python 代码：invalid syntax"),
        ("def answer():\n    while True: pass", "过了 1 秒仍未结束；是不是有一个停不下来的循环？"),
        (
            "def answer():\n    return [][1]",
            "fake/edge.py 中的 answer 在第 2 行抛出了 IndexError: list index out of range",
        ),
    ],
)
def test_each_way_to_fail_is_one_sentence(workspace: Path, text: str, words: str) -> None:
    """Also in Chinese; a stuck engine never hangs the terminal."""
    in_language(workspace, "zh")
    (workspace / "fake" / "edge.py").write_text(text)
    desk = Desk(workspace)
    check = desk.checks()[0]
    assert explain(check, desk.judge(check), desk.home).splitlines()[1] == f"  {words}"


def test_a_broken_module_is_no_crash_of_pytest(workspace: Path) -> None:
    """Checks and own tests say file and line, in the workspace's language, and nothing of our own code."""
    in_language(workspace, "zh")
    (workspace / "fake" / "edge.py").write_text("def answer(:\n")
    printed = run_pytest(workspace)
    assert printed.count("fake/edge.py 从第 1 行起不是合法的 Python 代码：invalid syntax\n") == 3
    assert "4 failed" in printed or "3 failed, 1 error" in printed
    assert "INTERNALERROR" not in printed
    assert "autograder/" not in printed


def test_a_check_that_was_edited_into_none_is_told_why(workspace: Path) -> None:
    """By the sentence that an author would get."""
    path = workspace / "checks" / "test_x.py"
    path.write_text(path.read_text().replace("see.count(count())", "assert count()"))
    told = "checks/test_x.py:18: test_lesson observes nothing; call a method of see"
    assert told in run_pytest(workspace, "-k", "test_lesson")


def test_a_folder_that_is_no_workspace_is_told_so(workspace: Path) -> None:
    """Or one whose `.course` files are damaged."""
    (workspace / EXPECTED_FILE).write_text("{")
    with pytest.raises(UsageError, match=r"expected.json is damaged; take it from the workspace as you got it: "):
        Desk(workspace)
    (workspace / COURSE_FILE).unlink()
    with pytest.raises(UsageError, match=r"course.json can't be read, so .* is no workspace of a course"):
        Desk(workspace)
    command = [sys.executable, "-m", "pytest"]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
    assert "is no workspace of a course" in done.stderr
    assert done.returncode == pytest.ExitCode.USAGE_ERROR


def test_a_workspace_is_judged_without_pytests_output(workspace: Path) -> None:
    """Check by check."""
    assert [verdict.outcome for verdict in verdicts(workspace)] == [Outcome.PASSED, Outcome.PASSED]


def test_a_lessons_stub_is_named_by_its_notebook(workspace: Path) -> None:
    """A student has no `lessons/first.py`."""
    (workspace / "lessons" / "01_first.ipynb").write_text(notebook("def count():\n    raise NotImplementedError"))
    assert str(verdicts(workspace)[1].cause) == "count in lessons/01_first.ipynb, cell 1 is not written yet"


def test_a_broken_notebook_is_told_by_the_checks_that_need_it(workspace: Path) -> None:
    """The others pass."""
    (workspace / "lessons" / "01_first.ipynb").write_text("{")
    first, second = verdicts(workspace)
    assert first.outcome is Outcome.PASSED
    assert "importing lessons/01_first.ipynb raised in line 1: ImportError: this is not a notebook" in str(second.cause)
    desk = Desk(workspace)
    assert "first.py" not in explain(desk.checks()[1], second, desk.home)


def test_modules_that_import_each_other_are_both_named(workspace: Path) -> None:
    """With a way out, which Python's own words lack."""
    (workspace / "fake/edge.py").write_text("from .node import Node\nclass Edge: pass\n")
    (workspace / "fake/node.py").write_text("from .edge import Edge\nclass Node: pass\n")
    assert str(verdicts(workspace)[0].cause) == (
        "fake/node.py and fake/edge.py import each other, which fails in line 1; let one of them import inside the "
        "function that needs it"
    )


def test_after_a_stuck_check_the_next_one_begins_anew(workspace: Path) -> None:
    """The candidate may have stopped anywhere."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    while True: pass")
    assert [verdict.outcome for verdict in verdicts(workspace)] == [Outcome.TIMED_OUT, Outcome.PASSED]


def test_a_module_that_loops_on_import_is_waited_for_once(workspace: Path) -> None:
    """Every check says so, and saving the file begins anew."""
    (workspace / "fake" / "edge.py").write_text(
        "import sys\nsys.tries = getattr(sys, 'tries', 0) + 1\nwhile True: pass"
    )
    first, second = verdicts(workspace)
    assert str(first.cause) == (
        "importing fake/edge.py was not finished after 1 seconds, and stood in line 3; does it loop for ever?"
    )
    assert (second.outcome, second.cause) == (Outcome.TIMED_OUT, first.cause)
    assert vars(sys).pop("tries") == 1


def test_a_check_that_nobody_recorded_is_not_run(workspace: Path) -> None:
    """Missing is never a pass."""
    (workspace / EXPECTED_FILE).write_text("{}")
    assert [verdict.outcome for verdict in verdicts(workspace)] == 2 * [Outcome.NOT_RUN]


def test_control_c_ends_the_run(workspace: Path) -> None:
    """It is the student's, not the code's."""
    (workspace / "fake" / "edge.py").write_text("def answer():\n    raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        verdicts(workspace)


def test_a_saved_file_is_read_anew_when_asked(workspace: Path) -> None:
    """For who watches a folder."""
    desk = Desk(workspace)
    check = desk.checks()[0]
    (workspace / "fake" / "edge.py").write_text("def answer():\n    return 41\n")
    first = desk.judge(check)
    (workspace / "fake" / "edge.py").write_text(ANSWER)
    desk.reload()
    assert [first.outcome, desk.judge(check).outcome] == [Outcome.FAILED, Outcome.PASSED]


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


def test_a_cell_that_is_no_python_is_named_with_its_line(workspace: Path) -> None:
    """Counted in the cell."""
    (workspace / "lessons" / "01_first.ipynb").write_text(notebook("def count():\n    return (\n"))
    cause = verdicts(workspace)[1].cause
    assert str(cause).startswith("lessons/01_first.ipynb, cell 1 is not valid Python from line 2 on: '(' was never")


def test_a_cell_that_lost_its_mark_is_known_by_its_function(workspace: Path) -> None:
    """Its work is not lost."""
    target = HomeExercise(id=ExerciseId("unit.count"), target="lessons/first.py::count")
    desk = Desk(workspace)
    unit = msgspec.structs.replace(desk.home.units[0], exercises=(target,))
    desk.home = msgspec.structs.replace(desk.home, units=(unit,))
    bare = json.loads(notebook(LESSON))
    bare["cells"][0]["metadata"] = {}
    (workspace / "lessons" / "01_first.ipynb").write_text(json.dumps(bare))
    assert desk.judge(desk.checks()[1]).outcome is Outcome.PASSED


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
