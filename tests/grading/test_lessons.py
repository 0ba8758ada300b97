"""A submitted notebook: answers and extra cells are set into the lesson, all else is the course's."""

import json

import nbformat
import pytest

from autograder.grading.lessons import take_in_lesson

NOTEBOOK, LIFTED = "lessons/01_first_coins.ipynb", "lessons/first_coins.py"
EXERCISE = "first_coins.largest"


@pytest.fixture
def pristine(workspaces):
    """The untouched lesson, as bytes."""
    return workspaces["en"][NOTEBOOK]


@pytest.fixture
def taken(pristine, course):
    """Take in a notebook whose cells a function may change in place."""

    def take(change):
        notebook = json.loads(pristine)
        change(notebook["cells"])
        lesson = take_in_lesson(NOTEBOOK, json.dumps(notebook).encode(), pristine, course, "en")
        nbformat.validate(nbformat.reads(lesson.files[NOTEBOOK].decode(), as_version=4))
        return lesson

    return take


def sources(lesson):
    """The texts of the cells of the notebook that will be executed."""
    return ["".join(cell["source"]) for cell in json.loads(lesson.files[NOTEBOOK])["cells"]]


def answered(cells, text="largest = max"):
    """Write an answer into the exercise's cell."""
    cell = next(cell for cell in cells if cell["metadata"].get("exercise"))
    cell["source"] = text
    return cell


def test_the_untouched_lesson_stays_as_it_is(taken, pristine):
    """Nothing to say, and the same cells."""
    lesson = taken(lambda cells: None)
    assert lesson.findings == ()
    assert nbformat.reads(lesson.files[NOTEBOOK].decode(), 4) == nbformat.reads(pristine.decode(), 4)


def test_an_answer_is_lifted_and_set(taken):
    """It stands in the notebook's cell and in the module that checks import."""
    lesson = taken(answered)
    assert "largest = max" in sources(lesson)
    assert lesson.files[LIFTED].startswith(b"import pocket as torch\nimport numpy as np")
    assert lesson.files[LIFTED].endswith(b"\n\n# %% lessons/01_first_coins.ipynb, cell 4\nlargest = max\n\n")


def test_own_cells_are_kept_where_they_stood(taken):
    """A student's cell stays behind the cell that it followed, without the outputs handed in."""

    def change(cells):
        cells.insert(
            1, {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": {}, "outputs": [1], "id": "x"}
        )
        cells.insert(0, {"cell_type": "markdown", "source": "mine", "metadata": {"tags": []}})

    lesson = taken(change)
    assert sources(lesson)[0] == "mine"
    assert sources(lesson)[2] == "a = 1\nb = 2"
    assert "outputs" not in json.loads(lesson.files[NOTEBOOK])["cells"][0]
    assert json.loads(lesson.files[NOTEBOOK])["cells"][2]["outputs"] == []


def test_a_changed_cell_of_the_course_is_restored_and_prose_is_kept(taken, pristine):
    """Code is the course's; what a student writes into a text is the student's."""

    def change(cells):
        for cell in cells:
            if not cell["metadata"]:
                cell["source"] = "raise SystemExit" if cell["cell_type"] == "code" else "my thoughts"

    lesson = taken(change)
    assert "raise SystemExit" not in sources(lesson)
    assert "my thoughts" in sources(lesson)
    assert len(sources(lesson)) == len(json.loads(pristine)["cells"])


def test_a_deleted_exercise_cell_costs_that_exercise(taken):
    """The stub stays in the module, and the sentence names the exercise and the remedy."""
    lesson = taken(lambda cells: cells.remove(answered(cells)))
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} has no cell of the exercise {EXERCISE}: take it from a fresh copy of the lesson"
    ]
    assert b"NotImplementedError" in lesson.files[LIFTED]


def test_of_two_cells_of_an_exercise_the_last_counts(taken):
    """The copy is told, and the earlier one stays as a cell of the student's own, before the one that counts."""

    def change(cells):
        first = answered(cells, "largest = min")
        cells.insert(cells.index(first) + 1, {**first, "source": "largest = max"})

    lesson = taken(change)
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} has 2 cells of the exercise {EXERCISE}: the last one counts"
    ]
    assert b"max" in lesson.files[LIFTED]
    assert b"min" not in lesson.files[LIFTED]
    assert sources(lesson).index("largest = min") < sources(lesson).index("largest = max")


def test_an_answer_whose_mark_was_lost_is_known_by_its_function(taken):
    """Some tools keep the texts of cells and nothing else."""

    def change(cells):
        answered(cells, "def largest(coins):\n    return max(coins)")
        cells[:] = [{**cell, "metadata": {}, "id": f"other-{place}"} for place, cell in enumerate(cells)]

    lesson = taken(change)
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} has lost the marks of exercises ({EXERCISE}): the cells were known by their functions"
    ]
    assert b"return max(coins)" in lesson.files[LIFTED]
    assert b"NotImplementedError" not in lesson.files[LIFTED]


def test_an_answer_that_is_not_python_costs_that_exercise(taken):
    """The notebook shows it as it is; the module keeps the stub, so that the others can be checked."""
    lesson = taken(lambda cells: answered(cells, "def largest(:\n"))
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK}: the cell of the exercise {EXERCISE} is not valid Python (line 1: invalid syntax): correct it"
    ]
    assert "def largest(:\n" in sources(lesson)
    assert b"NotImplementedError" in lesson.files[LIFTED]


def test_an_answer_that_is_very_large_costs_that_exercise(taken):
    """It is not even parsed: a few mebibytes of Python would take gigabytes of the grader's memory."""
    lesson = taken(lambda cells: answered(cells, f"largest = ({'1, ' * 100_000})"))
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK}: the cell of the exercise {EXERCISE} is larger than 256 KiB: take out what does not belong there"
    ]
    assert b"NotImplementedError" in lesson.files[LIFTED]


def test_an_older_notebook_is_upgraded_with_a_note(pristine, course):
    """A notebook that an old Jupyter saved, version 3, is read as version 4; its cells have no ids."""
    notebook = nbformat.reads(pristine.decode(), as_version=4)
    answered(notebook.cells)
    old = nbformat.writes(nbformat.convert(notebook, 3), version=3)
    lesson = take_in_lesson(NOTEBOOK, old.encode(), pristine, course, "en")
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} was an old notebook (version 3): it was read as version 4"
    ]
    assert b"largest = max" in lesson.files[LIFTED]
    assert len(sources(lesson)) == len(json.loads(pristine)["cells"])


def test_an_older_notebook_that_is_large_is_not_upgraded(pristine, course):
    """That would cost the grader minutes, and nothing bounds them."""
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [{"cells": [], "metadata": {"x": "x" * 1_000_000}}],
    }
    lesson = take_in_lesson(NOTEBOOK, json.dumps(old).encode(), pristine, course, "en")
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} is a notebook of version 3, not 4: save it in Jupyter as version 4"
    ]


def test_a_notebook_of_very_many_cells_is_left_aside(pristine, course):
    """Each would cost the grader a little."""
    cells = [{"cell_type": "code", "source": "1"}] * 2_001
    lesson = take_in_lesson(NOTEBOOK, json.dumps({"nbformat": 4, "cells": cells}).encode(), pristine, course, "en")
    assert [str(each) for each in lesson.findings] == [
        f"{NOTEBOOK} has 2001 cells, more than 2000: delete those that you don't need"
    ]
    assert b"NotImplementedError" in lesson.files[LIFTED]


def test_a_notebook_saved_by_windows_may_begin_with_a_mark(pristine, course):
    """A byte order mark is no fault."""
    assert take_in_lesson(NOTEBOOK, b"\xef\xbb\xbf" + pristine, pristine, course, "en").findings == ()
