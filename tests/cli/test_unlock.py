"""A student whose earlier unit is wrong gets its answers and goes on, as real processes do it with the real course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.build.course import load_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
COURSE = load_course(Path(__file__).parents[2] / "course")
LATER = next(unit for unit in COURSE.units if unit.needs)  # the first that rests on another


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a verb in a folder."""
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untouched workspace."""
    out = tmp_path_factory.mktemp("course") / "work"
    subprocess.run([*COMMAND, "build", "--out", str(out), "--course", str(COURSE.root)], check=True, timeout=120)
    return out


def test_what_an_author_and_a_student_do(workspace: Path, tmp_path: Path) -> None:
    """Answers are written once, put in where the student's are not right, and the later unit can be worked on."""
    answers = tmp_path / "answers.json"
    write = ["release", *LATER.needs, "--out", str(answers), "--course", str(COURSE.root)]
    told = run(tmp_path, *write)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"{answers}: the answers of {', '.join(LATER.needs)}; each earns 0 percent of its points\n"
    again = run(tmp_path, *write)
    assert (again.returncode, again.stderr) == (
        2,
        f"autograder: {answers} can't be written (File exists); name another file\n",
    )
    assert "comes first" in run(workspace, "check", LATER.id).stdout
    unlocked = run(workspace, "unlock", LATER.id, str(answers))
    assert (unlocked.returncode, unlocked.stderr) == (0, "")
    assert unlocked.stdout.splitlines()[-2:] == [
        "An answer that was given out earns 0 percent of its points; the grader knows it by its mark.",
        f"Go on with {LATER.id}: `autograder check {LATER.id}`",
    ]
    assert "comes first" not in run(workspace, "check", LATER.id).stdout
    assert "(the answer that was given out)" in run(workspace, "progress").stdout
    assert "is the answer that was given out; it earns 0 percent" in run(workspace, "submit", "--name", "ada").stdout
    once_more = run(workspace, "unlock", LATER.id, str(answers)).stdout
    assert once_more == f"All that {LATER.id} needs is done; no answer was taken.\n"
