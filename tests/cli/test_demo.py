"""`autograder demo`, as a process of its own, on the course itself."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "demo"]
CHECKOUT = Path(__file__).parent.parent.parent

# What each submission may lose points in, and the beginning of one of its causes.
MISTAKES = {
    "broken-notebook": ("edges", "lessons/01_first_graph.ipynb is not a notebook"),
    "drops-empty-edges": ("edges", "out.grad_fn.next_functions[1]: expected (None, 0), found nothing"),
    "endless-loop": ("edges", "still computing after"),
    "new-accumulator-each-use": ("accumulate_grad", "y.grad_fn.next_functions[1][0]: expected the same node as"),
    "overwrites-the-gradient": ("accumulate_grad", "x.grad[0]: expected 5.0, found 3.0"),
    "runs-nodes-too-early": ("engine", "len(task.ready_queue): expected 0, found 1"),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, run once; its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    command = [*COMMAND, "--out", str(folder / "demo")]
    ended = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    return folder / "demo", ended.stdout


def test_the_demo_shows_its_table_and_where_things_are(demo):
    """Eight submissions, and the report's place."""
    folder, printed = demo
    assert sum("│" in line for line in printed.splitlines()) == 8
    assert f"report: {folder / 'report' / 'index.html'}" in printed
    assert (folder / "report" / "index.html").exists()
    assert (folder / "workspace" / "pyproject.toml").exists()


def test_the_readme_shows_what_the_demo_prints(demo):
    """Line by line."""
    table = [line for line in demo[1].splitlines() if line.startswith(("┃", "│"))]
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in readme if line.startswith(("┃", "│"))] == table


def test_answers_have_full_marks_and_the_skeleton_none(demo):
    """And every mistake costs points in its own unit alone."""
    rows = {row["student"]: row for row in csv.DictReader((demo[0] / "report/scores.csv").read_text().splitlines())}
    full = {name: float(points) for name, points in rows["answers"].items() if name != "student"}
    assert full["total"] == full["max"]
    assert float(rows["untouched-skeleton"]["total"]) == 0
    for student, (unit, _) in MISTAKES.items():
        lost = {name for name, points in full.items() if float(rows[student][name]) < points}
        assert lost == {unit, "total"}, student


def test_each_cause_names_the_first_difference(demo):
    """In the words that students read."""
    for student, (_, told) in MISTAKES.items():
        result = json.loads((demo[0] / f"report/results/{student}.json").read_bytes())
        causes = [check["cause"] for check in result["checks"] if check["cause"]]
        assert any(cause.startswith(told) for cause in causes), causes


def test_the_demo_leaves_other_folders_alone(tmp_path):
    """A folder that holds something else is named, with exit code 2."""
    (tmp_path / "thesis.tex").touch()
    command = [*COMMAND, "--out", str(tmp_path)]
    ended = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 2
    assert "holds something that is no demo" in ended.stderr
