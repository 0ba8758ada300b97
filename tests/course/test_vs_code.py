"""What can be known of VS Code without it: it shows the lessons' outputs, and finds the workspace's Python.

That it runs a film's script is seen in `tests/drawing/test_film_browser.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.build import start
from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files

COURSE = load_course(Path(__file__).parents[2] / "course")
SHOWN = {"text/plain", "text/html", "image/svg+xml"}  # without any other extension


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The workspace with the answers."""
    folder = tmp_path_factory.mktemp("workspace")
    for path, text in workspace_files(COURSE, edition_of(COURSE, "en", answers=True)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return folder


@pytest.mark.parametrize("lesson", ["04_the_engine", "07_training"], ids=["a film", "a plot"])
def test_outputs_are_of_kinds_that_are_shown(workspace, lesson):
    """Each has a picture or a page, and words beside it; no widget, which would need an extension of its own."""
    notebook = nbformat.read(workspace / f"lessons/{lesson}.ipynb", as_version=4)
    assert (notebook.nbformat, notebook.nbformat_minor, notebook.metadata.kernelspec.name) == (4, 5, "python3")
    assert all(cell.id for cell in notebook.cells)
    resources = {"metadata": {"path": str(workspace / "lessons")}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    kinds = [set(output.data) for output in outputs if "data" in output]
    assert {output.output_type for output in outputs} <= {"stream", "display_data", "execute_result"}
    assert set().union(*kinds) == SHOWN
    assert all("text/plain" in each for each in kinds)


def test_the_python_of_the_workspace_is_found(workspace):
    """By the settings that lie in it; what runs notebooks is recommended."""
    settings = json.loads((workspace / ".vscode/settings.json").read_bytes())
    folder = settings["python.defaultInterpreterPath"].replace("${workspaceFolder}", str(start.HERE))
    assert Path(folder) == start.ENVIRONMENT
    wanted = json.loads((workspace / ".vscode/extensions.json").read_bytes())["recommendations"]
    assert wanted == ["ms-python.python", "ms-toolsai.jupyter"]
