"""Lessons run from top to bottom, on the untouched workspace and on the answers, in every language."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files

COURSE = load_course(Path(__file__).parents[2] / "course")
LESSONS = [unit.lesson for unit in COURSE.units if unit.lesson]
RUN = """\
import json, sys
scope = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), scope)
"""


def printed(workspace: Path, lesson: str) -> str:
    """What a lesson's cells print when they run one after the other in the lesson's own folder, warnings as errors."""
    command = [sys.executable, "-W", "error", "-X", "utf8", "-c", RUN, f"{lesson}.ipynb"]
    ended = subprocess.run(
        command, cwd=workspace / "lessons", capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def files_of(language: str = "en", *, answers: bool = False) -> dict[str, bytes]:
    """A workspace in a language, with stubs or with answers."""
    return workspace_files(COURSE, edition_of(COURSE, language, answers=answers))


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """The folder, with these files in it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return folder


@pytest.mark.parametrize("answers", [True, False], ids=["answers", "stubs"])
@pytest.mark.parametrize(("lesson", "language"), list(product(LESSONS, COURSE.languages)))
def test_a_lesson_runs_to_its_end(lesson, language, answers, tmp_path):
    """No cell stops; with answers no cell names a stub, without them those that need one do."""
    lines = printed(write(tmp_path, files_of(language, answers=answers)), lesson).splitlines()
    stubs = {line.removeprefix("stub: ") for line in lines if line.startswith("stub: ")}
    assert bool(stubs) is not answers
    assert stubs <= {exercise.target.qualname for exercise in COURSE.exercises}


def test_a_cell_names_the_stub_that_it_met(tmp_path):
    """With the edges built, the lesson names the node's first stub."""
    files = files_of() | {"mytorch/edge.py": files_of(answers=True)["mytorch/edge.py"]}
    assert "stub: Node." in printed(write(tmp_path, files), LESSONS[0])


def test_a_lesson_with_answers_shows_what_pytorch_showed(tmp_path):
    """The student's own training run gives the numbers that PyTorch recorded."""
    lines = printed(write(tmp_path, files_of(answers=True)), LESSONS[0]).splitlines()
    assert lines.count("[1.5, 2.25, 2.625, 2.8125]") == 2
    assert lines[-1] == "True"
