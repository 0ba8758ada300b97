"""The functions written in a notebook become a module that checks import."""

from __future__ import annotations

import json

import pytest

from autograder.checks.lessons import CELL, cell_exercises, lesson_module, lesson_path
from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId
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


TWICE, HALF = "def twice(n):\n    return 2 * n", "class half: ..."
FUNCTIONS = {ExerciseId("play.twice"): "twice", ExerciseId("play.half"): "half"}


@pytest.mark.parametrize(
    ("marks", "texts", "found"),
    [
        ([None, None], [TWICE, HALF], ("play.twice", "play.half")),
        ([None, None], [TWICE, TWICE], (None, "play.twice")),
        ([None, "play.twice"], [TWICE, "n = 1"], (None, "play.twice")),
        ([None, None], ["twice(3)", f"if x:\n    {HALF}"], (None, None)),
        (["play.other"], [HALF], ("play.other",)),
        ([], [], ()),
    ],
    ids=["both lost", "the last counts", "a mark comes first", "calls are none", "another's", "no cells"],
)
def test_a_cell_without_its_mark_is_known_by_its_function(
    marks: list[str | None], texts: list[str], found: tuple[str | None, ...]
) -> None:
    """Where the exercise's mark is on no cell."""
    assert cell_exercises(marks, texts, FUNCTIONS) == found


@pytest.mark.parametrize("text", [b"not json", b"[]", b'{"cells": 3}', b"\xff", b""])
def test_what_is_no_notebook_is_refused(text: bytes) -> None:
    """With what is wrong about it."""
    with pytest.raises(UsageError, match=r"^this is not a notebook: "):
        lesson_module(text, "lessons/01_x.ipynb", "mytorch", "en")
