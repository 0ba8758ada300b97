"""Released answers take the place of a student's own, marked, and only where they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.release import Release, ReleasedUnit, marked, marks
from autograder.student.unlocking import Unlocked, answers_for, put_in, read_release, taken
from tests.student.conftest import SUMS

if TYPE_CHECKING:
    from autograder.model.workspace import Home

TWICE, SIZE = ExerciseId("sums.twice"), ExerciseId("sums.Box.size")
ANSWERS = {
    TWICE: marked(TWICE, "def twice(n):\n    return 2 * n"),
    SIZE: marked(SIZE, "    def size(self):\n        return 1"),
}
RELEASE = Release(
    course="tiny", earns=0.25, units=(ReleasedUnit(id=UnitId("sums"), answers={Language("en"): ANSWERS}),)
)


def test_a_mark_stands_above_its_answer_and_is_found_again() -> None:
    """As it is indented; words that only look like one are none."""
    assert ANSWERS[SIZE].startswith("    # released: sums.Box.size\n    def")
    assert marks("\n".join(ANSWERS.values()), [TWICE, SIZE]) == {TWICE, SIZE}
    assert marks("# released: sums.other\nx = '# released: sums.twice'", [TWICE, SIZE]) == set()


def test_answers_stand_where_the_functions_stood(root: Path, home: Home) -> None:
    """The rest of the module is the student's, line ends included, and the whole of it is kept beside."""
    mine = SUMS.replace("return n + n", "return n  # wrong").replace("\n", "\r\n") + "# mine\r\n"
    (root / "tiny/sums.py").write_bytes(mine.encode())
    kept = "tiny/sums.py.before-unlock-1"
    assert put_in(root, home, ANSWERS) == (Unlocked(path="tiny/sums.py", exercises=(TWICE, SIZE), kept=kept),)
    wanted = f"{ANSWERS[TWICE]}\n\n\nclass Box:\n{ANSWERS[SIZE]}\n# mine\n"
    assert (root / "tiny/sums.py").read_bytes() == wanted.replace("\n", "\r\n").encode()
    assert (root / kept).read_bytes() == mine.encode()
    assert taken(root, home) == {TWICE, SIZE}


def test_nothing_is_taken_in_a_workspace_of_ones_own(root: Path, home: Home) -> None:
    """Nor in one whose module is lost."""
    assert taken(root, home) == frozenset()
    (root / "tiny/sums.py").unlink()
    assert taken(root, home) == frozenset()


def test_a_unit_gets_the_answers_that_it_needs(home: Home) -> None:
    """Of units before it, directly or not, and no others."""
    sums, powers = home.units
    assert answers_for(RELEASE, Path("a.json"), home, powers) == ANSWERS
    assert answers_for(RELEASE, Path("a.json"), home, sums) == {}
    with pytest.raises(UsageError, match=r"^a\.json lacks the answers of sums; ask your instructor for them$"):
        answers_for(Release(course="tiny", earns=0, units=()), Path("a.json"), home, powers)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, r"No such file or directory"),
        (b"def (", r"is not Python"),
        (b"\xff", r"can't decode byte"),
        (b"def once(n): ...\n", r'has no function, method or class "twice"'),
        (b"def twice(n): ...\nx = 1\ndef twice(n): ...\n", r'defines "twice" in several places'),
    ],
)
def test_an_answer_without_a_place_changes_nothing(root: Path, home: Home, text: bytes | None, why: str) -> None:
    """A fresh copy of the file has one."""
    file = root / "tiny/sums.py"
    file.unlink() if text is None else file.write_bytes(text)
    before = sorted(path.name for path in root.rglob("*"))
    match = (
        rf"^tiny/sums\.py has no place for the answer of sums\.twice \(.*{why}.*\): `autograder reset tiny/sums\.py`"
    )
    with pytest.raises(UsageError, match=match):
        put_in(root, home, ANSWERS)
    assert sorted(path.name for path in root.rglob("*")) == before


def test_a_file_of_answers_is_read_or_refused(home: Home, tmp_path: Path) -> None:
    """No other file, and no other course's."""
    file = tmp_path / "answers.json"
    with pytest.raises(UsageError, match=r"answers\.json holds no answers: name the file that your instructor gave"):
        read_release(file, home)
    file.write_bytes(msgspec.json.encode(RELEASE))
    assert read_release(file, home) == RELEASE
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(RELEASE, course="other")))
    with pytest.raises(UsageError, match=r'is of the course "other", and this workspace of "tiny": ask for the right'):
        read_release(file, home)
