"""One submission, from its path to verdicts and notebooks, in a real sandbox."""

import json
from dataclasses import replace

import msgspec
import pytest

from autograder.grading.grader import grade
from autograder.grading.intake import Found
from autograder.model.language import translate
from autograder.model.result import Result
from autograder.model.verdict import Outcome
from autograder.report.exports.lines import lines
from autograder.report.pages import OUTCOMES
from tests.grading.watched import Watched

MODULE, NOTEBOOK = "pocket/purse.py", "lessons/01_first_coins.ipynb"
PUBLIC, SECRET = "test_purse::test_two_coins_are_added", "test_secret::test_a_secret_coin"
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
    assert [str(each) for each in found.findings] == [
        f"{NOTEBOOK}: one cell ended the run of the notebook, the cells below it were not run",
        "the process ended in the middle, with exit status 3",
    ]
    assert outcomes(found) == [Outcome.PASSED] * 2


def test_a_cell_that_meets_a_limit_is_told_which(graded, answers):
    """Once, in the student's language; the notebook goes on."""
    bomb = own_cell(own_cell(answers[NOTEBOOK], "bytearray(9 << 30)"), "bytearray(9 << 30)")
    found = graded(answers | {NOTEBOOK: bomb})
    assert [str(each) for each in found.findings] == [
        f"{NOTEBOOK}: errors were raised when the notebook was run (2, the first: MemoryError)",
        "it asked for more memory than the 512 MiB that it may use",
    ]
    told = translate(found.findings[1].message, found.language, found.findings[1].values)
    assert told in found.files["feedback/ada.html"].decode()


LIMITS = {
    Outcome.TIMED_OUT: "while True: pass",
    Outcome.OUT_OF_MEMORY: "bytearray(9 << 30)",
    Outcome.TOO_MANY_PROCESSES: "import os, time\nfor _ in range(99): os.fork() or time.sleep(9)",
    Outcome.TOO_MANY_OPEN_FILES: "kept = [open('/dev/null') for _ in range(999)]",
    Outcome.FILE_TOO_LARGE: "open('/scratch/x', 'wb').write(bytes(20 << 20))",
    Outcome.DISK_FULL: "for i in range(9): open(f'/scratch/{i}', 'wb').write(bytes(9 << 20))",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("outcome", LIMITS)
def test_each_limit_is_told_by_an_outcome_of_its_own(graded, workspaces, outcome, language):
    """In the record, on the student's and the instructor's page, and in what is exported from the record."""
    files = workspaces[language]
    found = graded(files | {MODULE: files[MODULE] + LIMITS[outcome].encode()})
    result = msgspec.json.decode(found.files["results/ada.json"], type=Result)
    word = translate(OUTCOMES[outcome][1], language)
    assert {verdict.outcome for verdict in found.verdicts} == {check.outcome for check in result.checks} == {outcome}
    assert word in found.files["feedback/ada.html"].decode()
    assert OUTCOMES[outcome][1] in found.files["students/ada.html"].decode()
    assert [line.why for line in lines(result, language) if line.is_hidden] == [word]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "[cut after 65536 bytes]"), ("zh", "[输出过长，只保留前 65536 字节]")]
)
def test_output_beyond_its_limit_is_cut_and_told(graded, workspaces, language, told):
    """On the pages of student and instructor, in the language of each, where stands what was printed."""
    files = workspaces[language]
    loud = files[MODULE].replace(b"self.coins: list", b"print('x' * (50 << 20)); self.coins: list")
    found = graded(files | {MODULE: loud})
    assert told in found.files["feedback/ada.html"].decode()
    assert "[cut after 65536 bytes]" in found.files["students/ada.html"].decode()
    assert len(found.files["feedback/ada.html"]) < 1 << 20


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


def test_what_students_see_comes_first(hand_in, answers, plan, sandbox):
    """Two children: public checks with the notebook, then hidden checks."""
    watched = Watched(sandbox)
    grade(Found("ada", hand_in(answers)), plan, watched)
    assert watched.children == [[PUBLIC, "notebook"], [SECRET]]


def test_what_a_public_check_spoils_is_no_fault_of_the_notebook(hand_in, answers, plan, sandbox):
    """An error where checks have run is looked at again in a child that is as new."""
    watched = Watched(sandbox)
    spoils = answers[MODULE].replace(b"self.coins.append(coin)", b"import builtins; builtins.print = None")
    found = grade(Found("ada", hand_in(answers | {MODULE: spoils})), plan, watched)
    assert watched.children[:2] == [[PUBLIC, "notebook"], ["notebook"]]
    assert printed(found) == ["coins: [1, 2]\n"]
    assert found.findings == ()
