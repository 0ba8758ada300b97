"""One assignment in the forms of three graders: 20 functions, one a cell of a notebook, and three checks of each.

A submission is the notebook with all functions written; a faulty one has the first of them wrong, and loses three of
its 60 points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell, new_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

NAMES = tuple(f"step_{number:02}" for number in range(20))
CASES = {"three": [1.0, 2.0, 3.0], "two": [0.5, -1.0], "one": [4.0]}
POINTS, LOST = len(NAMES) * len(CASES), len(CASES)
IMPORTS = "import numpy as np\n\n\n"

_COURSE = """\
[course]
id = "bench"
title.en = "Benchmark"
languages = ["en"]
package = "bench"
solutions = "../solutions"
given = ["bench/*.py"]
packages = ["numpy"]

[[unit]]
id = "steps"
title.en = "Steps"
lesson = "01_steps"
"""
_EXERCISE = '\n[[unit.exercise]]\nid = "steps.{name}"\ntarget = "lessons/steps.py::{name}"\n'
_CHECK = '''\


@exercise("steps.{name}", points=1)
@pytest.mark.parametrize("values", {values}, ids={ids})
def test_{name}(see, values):
    """{name} scales and shifts."""
    from lessons.steps import {name}

    see.value({name}(values).tolist())
'''


def function(number: int, *, is_right: bool = True) -> str:
    """The source of one function; a wrong one gives other numbers in each of its checks."""
    factor = number + 1 if is_right else -1
    return (
        f'def {NAMES[number]}(values):\n    """Scale, and shift by the place."""\n'
        f"    return np.asarray(values) * {factor} + np.arange(len(values)) + 1\n"
    )


def cells(*, is_right: bool = True) -> list[str]:
    """The sources of a submission's code cells: each function, and a look at what it gives."""
    sources = [
        f"{function(number, is_right=is_right or number > 0)}\n\nprint({name}([1.0, 2.0]))"
        for number, name in enumerate(NAMES)
    ]
    return [IMPORTS + sources[0], *sources[1:]]


def expected(number: int, values: list[float]) -> list[float]:
    """What a right function returns."""
    return [value * (number + 1) + place + 1 for place, value in enumerate(values)]


def write_course(folder: Path) -> Path:
    """Write the assignment as a course of ours; the folder that holds its `course.toml`."""
    values, ids = list(CASES.values()), list(CASES)
    exercises = "".join(f'<%= exercise("steps.{name}") %>\n\n' for name in NAMES)
    checks = "".join(_CHECK.format(name=name, values=values, ids=ids) for name in NAMES)
    answers = "\n\n".join(function(number) for number in range(len(NAMES)))
    files = {
        "course/course.toml": _COURSE + "".join(_EXERCISE.format(name=name) for name in NAMES),
        "course/lessons/01_steps.md.jinja": f"# Steps\n\n{exercises}",
        "course/workspace/README.md.jinja": "# <%= title %>\n",
        "solutions/bench/__init__.py": '"""A package, which this course has no use for."""\n',
        "solutions/lessons/steps.py": f'"""Answers."""\n\n{IMPORTS}{answers}',
        "solutions/checks/test_steps.py": f"import pytest\n\nfrom autograder import exercise\n{checks}",
    }
    _write(folder, files)
    return folder / "course"


def our_notebook(*, is_right: bool = True) -> NotebookNode:
    """A submission to us: each cell names its exercise."""
    sources = cells(is_right=is_right)
    return new_notebook(
        cells=[
            new_code_cell(source, id=f"steps-{name}", metadata={"exercise": f"steps.{name}"})
            for name, source in zip(NAMES, sources, strict=True)
        ]
    )


def nbgrader_notebook(*, is_right: bool = True) -> NotebookNode:
    """A submission to nbgrader: after each function a cell for each of its checks, worth a point."""
    notebook = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for number, source in enumerate(cells(is_right=is_right)):
        notebook.cells.append(_nbgrader_cell(NAMES[number], source, is_solution=True))
        for case, values in CASES.items():
            name = f"{NAMES[number]}_{case}"
            notebook.cells.append(_nbgrader_cell(name, f"assert {_equality(number, values)}", is_solution=False))
    return notebook


def otter_notebook(*, is_right: bool = True) -> NotebookNode:
    """A submission to Otter: its tests lie in files of their own."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return new_notebook(cells=[new_code_cell(source) for source in cells(is_right=is_right)], metadata=metadata)


def write_otter_tests(folder: Path) -> None:
    """Write a test of three cases for each function."""
    for number, name in enumerate(NAMES):
        cases = [
            {"code": f">>> assert {_equality(number, values)}\n", "hidden": True, "points": 1}
            for values in CASES.values()
        ]
        suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": [1] * len(cases), "suites": [suite]}
        _write(folder, {f"{name}.py": f"OK_FORMAT = True\n\ntest = {test!r}\n"})


def _equality(number: int, values: list[float]) -> str:
    return f"np.allclose({NAMES[number]}({values}), {expected(number, values)})"


def _nbgrader_cell(name: str, source: str, *, is_solution: bool) -> NotebookNode:
    told: dict[str, Any] = {"schema_version": 3, "grade": not is_solution, "locked": not is_solution, "task": False}
    told |= {"solution": is_solution, "grade_id": name, "cell_type": "code"} | ({} if is_solution else {"points": 1})
    return new_code_cell(source, metadata={"nbgrader": told})


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
