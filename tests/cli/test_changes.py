"""How changes are told."""

from msgspec.structs import replace

from autograder.cli.changes import show_changes
from autograder.grading.regrading import Change, Turn
from autograder.model.verdict import Outcome

GAINED = Turn(check="a", points=1.5, before=Outcome.FAILED, after=Outcome.PASSED, why="x: expected 1, found 2")
GONE = Turn(check="b", points=-1, before=Outcome.PASSED, after=None, why=None)
CHANGES = [
    Change(student="eve", before=3, after=3, turns=(), has_new_files=True),
    Change(student="bob", before=None, after=2, turns=(), has_new_files=False),
    Change(student="ada", before=2, after=2, turns=(GAINED, GONE), has_new_files=False),
]


def test_each_student_has_the_reasons(capsys):
    """What a check had before it passed, one that is gone, what comes from the policy; in the order of the names."""
    show_changes(CHANGES, as_json=False, is_rehearsal=False)
    told = capsys.readouterr().out
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.splitlines() if "│" in line]
    assert rows == [
        ["ada", "2", "2", "0", "a +1.5: failed → passed (it was: x: expected 1, found 2)"],
        ["", "", "", "", "b -1: passed → not there"],
        ["", "", "", "", "-0.5 by the course's policy or by hand"],
        ["bob", "-", "2", "+2", "+2 by the course's policy or by hand"],
        ["eve", "3", "3", "0", "other files were handed in since"],
    ]
    assert told.endswith("1 gain, 0 lose, 2 keep their points with another outcome somewhere\n")


def test_who_could_not_be_graded_is_told(capsys):
    """As that, and not among those who keep their points for another reason."""
    still = Change(student="dan", before=2, after=2, turns=(), has_new_files=False, is_open=True)
    show_changes([*CHANGES, still], as_json=False, is_rehearsal=False)
    told = capsys.readouterr().out
    assert "could not be graded, through no fault of the student: what was graded before stands; do it again" in told
    assert told.endswith("2 keep their points with another outcome somewhere, 1 could not be graded\n")


def test_nothing_to_tell_is_told(capsys):
    """Without a table."""
    show_changes([], as_json=False, is_rehearsal=True)
    assert capsys.readouterr().out == (
        "0 gain, 0 lose, 0 keep their points with another outcome somewhere; nothing was written, since this was a"
        " rehearsal\n"
    )


def test_a_long_name_hides_no_change(capsys):
    """It is cut; the reasons stay readable."""
    show_changes([*CHANGES, replace(CHANGES[1], student="x" * 250)], as_json=False, is_rehearsal=True)
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in capsys.readouterr().out.splitlines()]
    assert ["x" * 49 + "…", "-", "2", "+2", "+2 by the course's policy or by hand"] in rows
