"""One submission, from its path to verdicts and notebooks, in a real sandbox."""

import json
from dataclasses import replace

import pytest

from autograder.grading.grader import grade
from autograder.grading.intake import Found
from autograder.model.verdict import Outcome

MODULE, NOTEBOOK = "pocket/purse.py", "lessons/01_first_coins.ipynb"
EXECUTED = "notebooks/ada/01_first_coins.ipynb"


@pytest.fixture
def graded(hand_in, plan, sandbox):
    """Grade the files of a student."""
    return lambda files: grade(Found("ada", hand_in(files)), plan, sandbox)


def outcomes(graded):
    """The outcomes in the plan's order: the public check, the hidden one."""
    return [verdict.outcome for verdict in graded.verdicts]


def printed(graded):
    """What the cells of the executed lesson put out."""
    cells = json.loads(graded.files[EXECUTED])["cells"]
    return [
        "".join(output.get("text", output.get("ename", ""))) for cell in cells for output in cell.get("outputs", ())
    ]


def own_cell(notebook, source):
    """The notebook with one more cell at its end."""
    read = json.loads(notebook)
    read["cells"].append({"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "id": "mine"})
    return json.dumps(read).encode()


def test_the_answers_pass(graded, answers):
    """Every check passes, the lesson runs, there is nothing to say."""
    found = graded(answers)
    assert outcomes(found) == [Outcome.PASSED] * 2
    assert found.is_whole
    assert found.findings == ()
    assert printed(found) == ["coins: [1, 2]\n"]


def test_the_skeleton_passes_nothing(graded, workspaces):
    """A stub is an error of the check that needs it, and says which."""
    found = graded(workspaces["zh"])
    assert outcomes(found) == [Outcome.ERRORED] * 2
    assert "钱包" in found.files["feedback/ada.html"].decode()
    assert str(found.verdicts[0].cause) == "Purse.put in pocket/purse.py is not written yet"


def test_own_cells_run_and_errors_are_told(graded, answers):
    """A student's cell is executed in its place; an error in it is a note and ends nothing."""
    found = graded(answers | {NOTEBOOK: own_cell(answers[NOTEBOOK], "print(largest([1, 3]))\n1 / 0")})
    assert printed(found) == ["coins: [1, 2]\n", "3\n", "ZeroDivisionError"]
    assert [str(each) for each in found.findings] == [
        f"{NOTEBOOK}: errors were raised when the notebook was run (1, the first: ZeroDivisionError)"
    ]
    assert outcomes(found) == [Outcome.PASSED] * 2


def test_a_cell_that_ends_its_process_is_told(graded, answers):
    """The notebook ends there; the checks don't notice."""
    found = graded(answers | {NOTEBOOK: own_cell(answers[NOTEBOOK], "import os\nos._exit(3)")})
    assert "01_first_coins.ipynb: one cell ended the run of the notebook" in str(found.findings[0])
    assert outcomes(found) == [Outcome.PASSED] * 2


def test_a_broken_notebook_is_not_run(graded, answers):
    """There is no executed notebook, and a problem that says why."""
    found = graded(answers | {NOTEBOOK: b"{"})
    assert EXECUTED not in found.files
    assert outcomes(found) == [Outcome.PASSED] * 2


def test_a_fault_of_ours_is_ungraded(hand_in, answers, plan, sandbox):
    """Whatever goes wrong outside of the student's code leaves every check ungraded, with the sentence."""
    found = grade(Found("ada", hand_in(answers)), replace(plan, workspaces={}), sandbox)
    assert outcomes(found) == [Outcome.UNGRADED] * 2
    assert not found.is_whole
    assert "not the student's fault (KeyError: " in str(found.verdicts[0].cause)
