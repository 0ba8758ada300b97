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

from autograder.checks.desk import Desk, run_home
from autograder.checks.explain import explain
from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId
from autograder.model.verdict import Outcome, Verdict
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, HomeExercise
from tests.checks.tiny import ANSWER, LESSON, notebook

if TYPE_CHECKING:
    from pathlib import Path


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
