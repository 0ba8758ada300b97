"""What is wrong in a later unit is no fault of an earlier one, and no earlier one waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.build.zipping import zipped
from autograder.checks.desk import Desk, run_home
from autograder.checks.originals import read_originals
from autograder.model.workspace import ORIGINALS_FILE
from autograder.student.rounds import told
from autograder.student.standing import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home
    from autograder.student.rounds import Round

SUMS = """\
class Box:
    def size(self):
        return 1


def twice(n):
    from tiny import powers
    return powers.plus(n, n)
"""
PLUS = "def plus(a, b):\n    return a + b\n\n\n"
STUB = "def fourfold(n):\n    raise NotImplementedError\n"
WRONG = "def plus(a, b):\n    return a.no_such\n\n\ndef fourfold(n):\n    return plus(n, n)\n"


@pytest.fixture
def begun(root: Path) -> Path:
    """A workspace in which the first unit is right; the second was built with a start for `plus`, which it calls."""
    write(root, {"tiny/sums.py": SUMS, "tiny/powers.py": PLUS + STUB}, is_original=True)
    return root


def write(root: Path, files: dict[str, str], *, is_original: bool = False) -> None:
    """Save files, as a student does, or as the course does."""
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    if is_original:
        packed = zipped({**read_originals(root), **{name: text.encode() for name, text in files.items()}})
        (root / ORIGINALS_FILE).write_bytes(packed)


def checked(root: Path, home: Home) -> Round:
    """All exercises of the package, checked."""
    return told(home, ["sums.twice", "sums.Box.size", "powers.fourfold"], list(run_home(root)), has_lost=False)


def test_a_mistake_in_a_later_unit_is_told_there_and_nowhere_before(begun: Path, home: Home) -> None:
    """The earlier exercises stay done: their checks run with the later unit's module as it was built."""
    write(begun, {"tiny/powers.py": WRONG})
    found = checked(begun, home)
    assert [progress.standing for progress in found.found[:2]] == [Standing.DONE, Standing.DONE]
    assert found.step is not None
    assert (found.step.exercise, found.step.standing) == ("powers.fourfold", Standing.WRONG)
    assert found.verdict is not None
    assert "plus in tiny/powers.py raised in line 2" in str(found.verdict.cause)


def test_a_mistake_in_an_earlier_unit_is_told_with_the_later_one_as_it_was_built(begun: Path, home: Home) -> None:
    """Whatever stands in the later one; its file is named as what it is then."""
    write(begun, {"tiny/powers.py": WRONG, "tiny/sums.py": SUMS.replace("(n, n)", "(n, None)")})
    found = checked(begun, home)
    assert found.step is not None
    assert found.step.exercise == "sums.twice"
    assert found.verdict is not None
    assert "plus in tiny/powers.py (as you got it) raised in line 2: TypeError" in str(found.verdict.cause)


@pytest.mark.parametrize("later", [STUB, WRONG])
def test_an_exercise_never_waits_for_a_later_unit(begun: Path, home: Home, later: str) -> None:
    """Running into its stub is a mistake of the earlier one, and told as that, whether the later one is written now."""
    write(begun, {"tiny/powers.py": STUB}, is_original=True)
    write(begun, {"tiny/sums.py": SUMS.replace("plus(n, n)", "fourfold(n) // 2"), "tiny/powers.py": later})
    found = checked(begun, home)
    assert found.step is not None
    assert (found.step.exercise, found.step.standing) == ("sums.twice", Standing.WRONG)
    assert found.verdict is not None
    assert str(found.verdict.cause) == (
        "fourfold in tiny/powers.py was called, which is built in a later unit (Powers); "
        "what this check asks for works without it"
    )


def test_what_rests_on_a_later_module_of_ones_own_is_checked_as_it_is(begun: Path) -> None:
    """An earlier module that imports what only the student's later one has is another design, and no mistake."""
    write(begun, {"tiny/powers.py": PLUS + "def mine(n):\n    return n + n\n"})
    write(begun, {"tiny/sums.py": "from tiny.powers import mine as twice\n" + SUMS.partition("\n\n\ndef")[0]})
    verdicts = {verdict.check: verdict.outcome for _, verdict in run_home(begun)}
    assert verdicts["test_sums::test_twice"] == "passed"


@pytest.mark.parametrize(
    ("broken", "outcome", "words"),
    [
        ("def (", "errored", "tiny/powers.py is not valid Python from line 1 on: "),
        ("import no_such", "errored", "importing tiny/powers.py raised in line 1: ModuleNotFoundError"),
        (
            "while True: pass",
            "timed out",
            "importing tiny/powers.py was not finished after 1.5 seconds, and stood in line",
        ),
    ],
)
def test_a_later_module_that_keeps_the_package_from_being_imported_is_told_there(
    begun: Path, broken: str, outcome: str, words: str
) -> None:
    """The unit before is checked without it, and what needs it is told which file it is."""
    write(begun, {"tiny/powers.py": broken})
    verdicts = {verdict.check: verdict for _, verdict in run_home(begun)}
    assert verdicts["test_sums::test_twice"].outcome == "passed"
    assert verdicts["test_powers::test_fourfold"].outcome == outcome
    assert str(verdicts["test_powers::test_fourfold"].cause).startswith(words)


def test_a_fault_of_ones_own_unit_is_told_rather_than_that_of_a_later_one(begun: Path) -> None:
    """Whichever of the two is imported first."""
    write(begun, {"tiny/powers.py": "def (", "tiny/sums.py": "import no_such"})
    causes = {verdict.check: str(verdict.cause) for _, verdict in run_home(begun)}
    assert causes["test_sums::test_twice"].startswith("importing tiny/sums.py raised in line 1")
    assert causes["test_powers::test_fourfold"].startswith("tiny/powers.py is not valid Python")


def test_a_missing_later_module_is_nothing_to_earlier_units(begun: Path) -> None:
    """It stands in as it was built."""
    (begun / "tiny/powers.py").unlink()
    verdicts = {verdict.check: verdict.outcome for _, verdict in run_home(begun)}
    assert (verdicts["test_sums::test_twice"], verdicts["test_powers::test_fourfold"]) == ("passed", "errored")


def test_without_originals_all_is_checked_as_it_is(begun: Path) -> None:
    """There is nothing to put in the later module's place."""
    write(begun, {"tiny/powers.py": WRONG})
    (begun / ORIGINALS_FILE).unlink()
    verdicts = {verdict.check: verdict.outcome for _, verdict in run_home(begun)}
    assert verdicts["test_sums::test_twice"] == "errored"


def test_a_saved_file_is_seen_by_every_unit(begun: Path) -> None:
    """Between two looks at the files nothing is read again; after it, everything is."""
    desk = Desk(begun)
    check = next(check for check in desk.checks() if check.exercise == "powers.fourfold")
    assert desk.judge(check).outcome == "errored"
    write(begun, {"tiny/powers.py": PLUS + "def fourfold(n):\n    return 4 * n\n"})
    desk.reload()
    assert desk.judge(check).outcome == "passed"
