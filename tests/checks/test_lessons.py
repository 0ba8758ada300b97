"""The functions written in a notebook become a module that checks import."""

from __future__ import annotations

import json

import pytest

from autograder.checks.lessons import lesson_module, lesson_path
from autograder.model.errors import UsageError


def test_exercise_cells_are_lifted_in_order() -> None:
    """Other cells and texts stay behind; a cell's source may be one text or lines."""
    cells = [
        {"cell_type": "code", "source": "a = 1", "metadata": {"exercise": "unit.a", "tags": []}, "outputs": []},
        {"cell_type": "code", "source": "boom()", "metadata": {}},
        {"cell_type": "markdown", "source": "# Text", "metadata": {"exercise": "unit.a"}},
        {"cell_type": "code", "source": ["b = 2\n", "c = 3"], "metadata": {"exercise": "unit.b"}},
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
    text = lesson_module(notebook, "mytorch").decode()
    assert text == "import mytorch as torch\nimport numpy as np\n\na = 1\n\nb = 2\nc = 3\n\n"


def test_the_module_is_named_without_the_lessons_number() -> None:
    """A check says `from lessons.first_graph import walk`."""
    assert lesson_path("lessons/01_first_graph.ipynb") == "lessons/first_graph.py"


@pytest.mark.parametrize("text", [b"not json", b"[]", b'{"cells": 3}', b"\xff", b""])
def test_what_is_no_notebook_is_refused(text: bytes) -> None:
    """With what is wrong about it."""
    with pytest.raises(UsageError, match=r"^this is not a notebook: "):
        lesson_module(text, "mytorch")
