"""nbgrader and Otter-Grader, each in a virtual environment of its own, made once and kept below the system's /tmp."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from tests.benchmarks import assignment
from tests.benchmarks.measure import Cost, cost

if TYPE_CHECKING:
    from nbformat import NotebookNode

VERSIONS = {"nbgrader": "0.9.6", "otter-grader": "7.0.0"}
BESIDES = ("numpy", "ipykernel")
CACHE = Path(tempfile.gettempdir()) / "autograder-benchmark-peers"
ASSIGNMENT = "steps"
_CONFIG = f"""\
c = get_config()
c.CourseDirectory.course_id = "bench"
c.CourseDirectory.db_assignments = [dict(name="{ASSIGNMENT}")]
"""


def environment(package: str) -> Path:
    """The folder of the programs of a package's own environment, which is installed unless it is there already."""
    folder = CACHE / f"{package}-{VERSIONS[package]}"
    if not (folder / "ready").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        wanted = f"{package}=={VERSIONS[package]}"
        install = [folder / "bin/python", "-m", "pip", "install", wanted, *BESIDES]
        subprocess.run(install, check=True, capture_output=True)
        (folder / "ready").touch()
    return folder / "bin"


def nbgrader_batch(folder: Path, submissions: int) -> tuple[Cost, list[float]]:
    """What nbgrader's `autograde` costs for a class, and its scores; the first submission is a faulty one."""
    programs = environment("nbgrader")
    _write_notebook(folder / f"source/{ASSIGNMENT}/steps.ipynb", assignment.nbgrader_notebook())
    (folder / "nbgrader_config.py").write_text(_CONFIG, encoding="ascii")
    told = {"PATH": f"{programs}:/usr/bin:/bin", "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}
    cost([programs / "nbgrader", "generate_assignment", ASSIGNMENT, "--create"], folder, told)
    for number in range(submissions):
        notebook = assignment.nbgrader_notebook(is_right=number > 0)
        _write_notebook(folder / f"submitted/student-{number:03}/{ASSIGNMENT}/steps.ipynb", notebook)
    spent = cost([programs / "nbgrader", "autograde", ASSIGNMENT, "--create"], folder, told)
    return spent, _nbgrader_scores(folder / "gradebook.db")


def otter_runs(folder: Path, submissions: int) -> tuple[Cost, list[float]]:
    """What one `otter run` for each submission costs, all together, and the scores; the first one is faulty."""
    programs = environment("otter-grader")
    told = {"PATH": f"{programs}:/usr/bin:/bin", "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}
    archive = folder / "autograder.zip"
    assignment.write_otter_tests(folder / "tests")
    cost([programs / "otter", "generate", "-t", "tests", "-o", archive], folder, told)
    spent, scores = Cost(0, 0), []
    for number in range(submissions):
        notebook = folder / f"student-{number:03}/steps.ipynb"
        _write_notebook(notebook, assignment.otter_notebook(is_right=number > 0))
        one = cost([programs / "otter", "run", notebook, "-a", archive, "-o", notebook.parent], folder, told)
        spent = Cost(spent.cpu_s + one.cpu_s, spent.wall_s + one.wall_s)
        results = json.loads((notebook.parent / "results.json").read_text(encoding="utf-8"))
        scores.append(sum(float(test.get("score") or 0) for test in results["tests"]))
    return spent, scores


def _nbgrader_scores(gradebook: Path) -> list[float]:
    """The scores, in the order of the students' names."""
    with sqlite3.connect(gradebook) as database:
        rows = database.execute(
            "select sa.student_id, sum(coalesce(g.manual_score, g.auto_score)) from submitted_assignment sa"
            " join submitted_notebook sn on sn.assignment_id = sa.id join grade g on g.notebook_id = sn.id"
            " group by sa.student_id order by sa.student_id"
        ).fetchall()
    database.close()
    return [float(score) for _, score in rows]


def _write_notebook(path: Path, notebook: NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
