"""`autograder new` and `autograder lint`: another course, from nothing to scores; once by processes of their own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]


@pytest.fixture
def started(tmp_path):
    """Run the command in an empty folder, as a process of its own."""

    def started(*arguments):
        return subprocess.run(
            [*COMMAND, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )

    return started


def test_a_new_course_is_linted_built_and_graded_at_once(started, tmp_path):
    """Its answers have full marks, its untouched workspace none; nothing of it is about autograd."""
    assert "autograder lint --course mine" in started("new", "mine").stdout
    linted = started("lint", "--course", "mine")
    assert (linted.returncode, linted.stdout) == (0, "")
    for name, options in (("done", ["--answers"]), ("todo", ["--lang", "zh"])):
        built = started("build", "--course", "mine", "--out", f"class/{name}", *options)
        assert (built.returncode, built.stderr) == (0, "")
    graded = started("grade", "class", "--out", "report", "--course", "mine/course")
    assert graded.returncode == 0, graded.stderr
    with (tmp_path / "report/scores.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = {row["student"]: (row["total"], row["max"]) for row in csv.DictReader(file)}
    assert scores == {"done": ("2", "2"), "todo": ("0", "2")}


def test_a_new_course_has_a_demo(typed):
    """Its demo grades the answers, the untouched workspace and a mutant."""
    typed("new", "mine")
    ended = typed("demo", "--course", "mine")
    assert ended.returncode == 0, ended.stderr
    assert sum("│" in line for line in ended.stdout.splitlines()) == 3


@pytest.mark.parametrize("place", ["mine", "mine/notes.txt"])
def test_a_folder_that_holds_something_is_refused(typed, tmp_path, place):
    """Nothing is written over, nor beside."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("x")
    ended = typed("new", place)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"autograder: {place}: holds something already; name a new or an empty folder\n"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_place_that_cannot_be_written_is_refused(typed):
    """The sentence names the place and the reason."""
    ended = typed("new", "/proc/mine")
    assert ended.returncode == 2
    assert ended.stderr.startswith("autograder: /proc/mine: can't be written (")


def test_lint_prints_a_line_for_each_finding_and_fails(typed, tmp_path):
    """Findings are lines on stdout or, for machines, JSON; the exit code is 1."""
    typed("new", "mine")
    (tmp_path / "mine/course/skeletons/left.py.jinja").write_text("left\n")
    ended = typed("lint", "--course", "mine", "--rule", "strays", "--rule", "hints")
    assert ended.returncode == 1
    [line] = ended.stdout.splitlines()
    assert line.startswith("course/skeletons/left.py.jinja: expected a template that a unit names, found ")
    assert "averages: 1 finding by 2 rules" in ended.stderr
    as_json = typed("lint", "--course", "mine", "--rule", "strays", "--json")
    [finding] = json.loads(as_json.stdout)
    assert (as_json.returncode, finding["rule"], finding["file"]) == (1, "strays", "course/skeletons/left.py.jinja")


def test_a_course_that_cannot_be_read_ends_lint(typed, tmp_path):
    """What makes course.toml no course is a sentence and exit code 3; no course at all is the caller's fault."""
    typed("new", "mine")
    toml = tmp_path / "mine/course/course.toml"
    toml.write_text(toml.read_text("utf-8").replace("moving.py", "gone.py"), "utf-8")
    ended = typed("lint", "--course", "mine")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert 'module "gone.py" is not in' in ended.stderr
    assert typed("lint", "--course", "nowhere").returncode == 2
