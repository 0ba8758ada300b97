"""The functions written in a notebook become a module that checks import."""

from __future__ import annotations

import json

import pytest

from autograder.checks.lessons import CELL, lesson_module, lesson_path
from autograder.model.errors import UsageError
from autograder.model.language import translate


def test_exercise_cells_are_lifted_in_order() -> None:
    """Other cells and texts stay behind; a cell's source may be one text or lines."""
    cells = [
        {"cell_type": "code", "source": "a = 1", "metadata": {"exercise": "unit.a", "tags": []}, "outputs": []},
        {"cell_type": "code", "source": "boom()", "metadata": {}},
        {"cell_type": "markdown", "source": "# Text", "metadata": {"exercise": "unit.a"}},
        {"cell_type": "code", "source": ["b = 2\n", "c = 3"], "metadata": {"exercise": "unit.b"}},
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
    text = lesson_module(notebook, "lessons/01_x.ipynb", "mytorch", "en").decode()
    assert text == (
        "import mytorch as torch\nimport numpy as np\n\n# %% lessons/01_x.ipynb, cell 1\na = 1\n\n"
        "# %% lessons/01_x.ipynb, cell 4\nb = 2\nc = 3\n\n"
    )


def test_the_module_is_named_without_the_lessons_number() -> None:
    """A check says `from lessons.first_graph import walk`; a cell leads there, too, in any language."""
    for name in ("lessons/01_first_graph.ipynb", "lessons/01_first_graph.ipynb, cell 7"):
        assert lesson_path(name) == "lessons/first_graph.py"
    assert lesson_path(translate(CELL, "zh", {"notebook": name, "number": "7"})) == "lessons/first_graph.py"


@pytest.mark.parametrize("text", [b"not json", b"[]", b'{"cells": 3}', b"\xff", b""])
def test_what_is_no_notebook_is_refused(text: bytes) -> None:
    """With what is wrong about it."""
    with pytest.raises(UsageError, match=r"^this is not a notebook: "):
        lesson_module(text, "lessons/01_x.ipynb", "mytorch", "en")
