"""Lessons run from top to bottom, on the untouched workspace and on the answers, in every language."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files

COURSE = load_course(Path(__file__).parents[2] / "course")
LESSONS = [unit.lesson for unit in COURSE.units if unit.lesson]
# Each notebook that a line names runs in a copy of this process, which has imported what takes ten times as long as a
# lesson, and ends without taking all that apart; what it prints lies in files beside it.
RUN = """\
import importlib.util, json, os, signal, sys, traceback
import numpy
if importlib.util.find_spec("torch"):
    import torch

def run(notebook):
    signal.alarm(120)
    for stream in (1, 2):
        os.dup2(os.open(f"{notebook}.{stream}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    os.chdir(os.path.dirname(notebook))
    scope = {"__name__": "__main__"}
    for cell in json.load(open(notebook, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), scope)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run(line.strip())
            code = 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # only such a process can be copied


@pytest.fixture(scope="module")
def printed():
    """What a lesson's cells print when they run one after the other in the lesson's own folder, warnings as errors."""
    command = [sys.executable, "-W", "error", "-X", "utf8", "-c", RUN]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **ONE_THREAD}) as warm:

        def printed(workspace: Path, lesson: str) -> str:
            notebook = workspace / "lessons" / f"{lesson}.ipynb"
            warm.stdin.write(f"{notebook}\n")
            warm.stdin.flush()
            code = warm.stdout.readline()
            told, wrong = (notebook.with_name(f"{notebook.name}.{stream}").read_text("utf-8") for stream in (1, 2))
            assert code == "0\n", wrong
            return told

        yield printed


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A workspace in a language, with stubs or with answers, for all lessons."""

    @cache
    def built(language: str, *, answers: bool) -> Path:
        return write(tmp_path_factory.mktemp("workspace"), files_of(language, answers=answers))

    return built


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
def test_a_lesson_runs_to_its_end(lesson, language, answers, printed, built):
    """No cell stops; with answers no cell names a stub, without them those that need one do."""
    lines = printed(built(language, answers=answers), lesson).splitlines()
    stubs = {line.removeprefix("stub: ") for line in lines if line.startswith("stub: ")}
    assert bool(stubs) is not answers
    assert stubs <= {exercise.target.qualname for exercise in COURSE.exercises}


def test_a_cell_names_the_stub_that_it_met(printed, tmp_path):
    """With the edges built, the lesson names the node's first stub."""
    files = files_of() | {"mytorch/edge.py": files_of(answers=True)["mytorch/edge.py"]}
    assert "stub: Node." in printed(write(tmp_path, files), LESSONS[0])


def test_a_lesson_with_answers_shows_what_pytorch_showed(printed, built):
    """The student's own training run gives the numbers that PyTorch recorded."""
    lines = printed(built("en", answers=True), LESSONS[0]).splitlines()
    assert lines.count("[1.5, 2.25, 2.625, 2.8125]") == 2
    assert lines[-1] == "True"
