"""A workspace of an older course becomes one of a newer, and every word of the student's stays."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.build.zipping import zipped
from autograder.checks.originals import read_originals
from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE, DIGESTS_FILE, ORIGINALS_FILE, Home
from autograder.student.files import write_beside
from autograder.student.merging import Clash
from autograder.student.updating import Kind, update
from tests.student.conftest import CHECKS, SUMS, notebook, write_workspace

LESSON, WHEEL = "lessons/01_play.ipynb", "wheels/autograd_course-0.2.0-py3-none-any.whl"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A newer workspace in which nothing is new yet."""
    return write_workspace(tmp_path.resolve() / "newer")


def change(root: Path, **texts: str | None) -> None:
    """Change files of a newer workspace as the course's author does, its originals with them; None removes one."""
    files = {name: text.encode() for name, text in texts.items() if text is not None}
    base = read_originals(root)
    packed = {name: data for name, data in {**base, **files}.items() if texts.get(name, "") is not None}
    (root / ORIGINALS_FILE).write_bytes(zipped(packed))


def read(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_nothing_new_changes_nothing(root: Path, home: Home, newer: Path) -> None:
    """Whatever the student did."""
    (root / "tiny/sums.py").write_text("mine", encoding="utf-8")
    (root / "tiny/powers.py").unlink()
    before = read(root)
    assert update(root, home, newer) == ()
    assert read(root) == before


def test_what_the_student_left_alone_is_newer_and_the_rest_merged(root: Path, home: Home, newer: Path) -> None:
    """New files come, dropped ones go, a changed module has both, and a copy of it as it was is beside."""
    mine = SUMS.replace("return 1", "return 2  # mine")
    (root / "tiny/sums.py").write_text(mine, encoding="utf-8")
    (root / DIGESTS_FILE).write_text("{}", encoding="utf-8")
    texts = {
        "tiny/sums.py": SUMS.replace("Two times n.", "The double."),
        "tiny/fresh.py": "x = 1\n",
        "checks/test_sums.py": CHECKS["checks/test_sums.py"] + "# new\n",
        "checks/test_powers.py": None,
    }
    change(newer, **texts)
    kinds = {one.path: one.kind for one in update(root, home, newer)}
    assert kinds == {
        "checks/test_powers.py": Kind.DROPPED,
        "checks/test_sums.py": Kind.TAKEN,
        "tiny/fresh.py": Kind.TAKEN,
        "tiny/sums.py": Kind.MERGED,
    }
    files = read(root)
    assert files["tiny/sums.py"].decode() == mine.replace("Two times n.", "The double.")
    assert files["tiny/sums.py.before-update-1"].decode() == mine
    assert files["tiny/fresh.py"] == b"x = 1\n"
    assert files["checks/test_sums.py"].endswith(b"# new\n")
    assert not {"checks/test_powers.py", DIGESTS_FILE} & files.keys()
    assert read_originals(root) == read_originals(newer)
    assert update(root, home, newer) == ()


def test_a_clash_is_told_and_leaves_the_students_lines(root: Path, home: Home, newer: Path) -> None:
    """The course's version lies beside."""
    mine = SUMS.replace("return n + n", "return 2 * n")
    (root / "tiny/sums.py").write_text(mine, encoding="utf-8")
    theirs = SUMS.replace("return n + n", "return n * 2")
    change(newer, **{"tiny/sums.py": theirs})
    (one,) = update(root, home, newer)
    assert (one.kind, one.newer, one.kept) == (Kind.LEFT, "tiny/sums.py.newer-1", None)
    assert [found.clash for found in one.clashes] == [Clash(line=3, newer=("    return n * 2",))]
    assert (root / "tiny/sums.py").read_text(encoding="utf-8") == mine
    assert (root / "tiny/sums.py.newer-1").read_text(encoding="utf-8") == theirs


def test_notebooks_are_merged_by_their_cells(root: Path, home: Home, newer: Path) -> None:
    """An answer stays, a new text comes."""
    answer = "def half(n):\n    return n >> 1"
    (root / LESSON).write_text(notebook((None, "1"), ("play.half", answer)), encoding="utf-8")
    change(newer, **{LESSON: notebook((None, "2"), ("play.half", "def half(n):\n    return n // 2"))})
    (one,) = update(root, home, newer)
    assert (one.kind, one.kept, one.clashes) == (Kind.MERGED, "lessons/01_play.ipynb.before-update-1", ())
    cells = json.loads((root / LESSON).read_bytes())["cells"]
    assert ["".join(cell["source"]) for cell in cells] == ["2", answer]


def test_what_cant_be_merged_is_left(root: Path, home: Home, newer: Path) -> None:
    """A notebook that is none, text that is none, and a merger that would break what works."""
    (root / LESSON).write_bytes(b"{")
    (root / "tiny/powers.py").write_bytes(b"\xff")
    (root / "tiny/sums.py").write_text("def f():\n    a = (\n        1)\n    return 2\n", encoding="utf-8")
    change(newer, **{LESSON: notebook((None, "2")), "tiny/powers.py": "x = 1\n", "tiny/__init__.py": "# new\n"})
    before = read(root)
    done = update(root, home, newer)
    assert {one.path: one.kind for one in done} == {
        LESSON: Kind.LEFT,
        "tiny/powers.py": Kind.LEFT,
        "tiny/__init__.py": Kind.TAKEN,
    }
    after = read(root)
    assert {path for path in before if before[path] != after[path]} == {ORIGINALS_FILE, "tiny/__init__.py"}
    assert after["tiny/powers.py.newer-1"] == b"x = 1\n"


def test_a_merger_that_is_no_python_is_left(root: Path, home: Home, newer: Path) -> None:
    """The student's module still works."""
    change(root, **{"tiny/sums.py": "x = [\n    1,\n    2,\n]\n"})
    (root / "tiny/sums.py").write_text("x = [\n    1,\n    2,\n][:1]\n", encoding="utf-8")
    change(newer, **{"tiny/sums.py": "x = (\n    1,\n    2,\n]\n"})
    (one,) = update(root, home, newer)
    assert (one.path, one.kind, one.newer) == ("tiny/sums.py", Kind.LEFT, "tiny/sums.py.newer-1")


def test_a_changed_file_that_the_course_dropped_is_kept(root: Path, home: Home, newer: Path) -> None:
    """It is told, and one that the student removed is nobody's loss."""
    (root / "checks/test_sums.py").write_text("# mine", encoding="utf-8")
    (root / "checks/test_powers.py").unlink()
    change(newer, **{"checks/test_sums.py": None, "checks/test_powers.py": None})
    (one,) = update(root, home, newer)
    assert (one.path, one.kind) == ("checks/test_sums.py", Kind.KEPT)
    assert (root / "checks/test_sums.py").read_text(encoding="utf-8") == "# mine"


def test_the_wheel_is_the_newer_one_and_others_stay(root: Path, home: Home, newer: Path) -> None:
    """What a student downloaded is not ours."""
    for file in (root / WHEEL.replace("0.2", "0.1"), root / "wheels/numpy-2-any.whl", newer / WHEEL):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(file.name.encode())
    update(root, home, newer)
    assert sorted(path.name for path in (root / "wheels").iterdir()) == [Path(WHEEL).name, "numpy-2-any.whl"]


def test_a_zip_will_do_and_so_will_a_workspace_at_work(root: Path, home: Home, newer: Path, tmp_path: Path) -> None:
    """Its files as they were built count, wherever in the zip it lies."""
    change(newer, **{"tiny/fresh.py": "x = 1\n"})
    (newer / "tiny/fresh.py").write_text("worked in", encoding="utf-8")
    (newer / WHEEL).parent.mkdir()
    (newer / WHEEL).write_bytes(b"wheel")
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", newer.parent, newer.name)
    assert [one.path for one in update(root, home, Path(packed))] == ["tiny/fresh.py", WHEEL]
    assert (root / "tiny/fresh.py").read_text(encoding="utf-8") == "x = 1\n"


def test_what_is_no_newer_workspace_is_refused(root: Path, home: Home, newer: Path, tmp_path: Path) -> None:
    """Nothing is changed by another folder, another zip, another course or another language."""
    before = read(root)
    outside = tmp_path / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        packed = zipped({**read_originals(newer), "../evil.py": b""})
        archive.writestr(ORIGINALS_FILE, packed)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for path in (tmp_path / "nowhere", tmp_path, outside, tmp_path / "empty.zip", root / COURSE_FILE):
        with pytest.raises(UsageError, match=r"is no workspace: name the folder or the zip of the newer course"):
            update(root, home, path)
    told = json.loads(read_originals(newer)[COURSE_FILE])
    change(newer, **{COURSE_FILE: json.dumps({**told, "course": "other"})})
    with pytest.raises(UsageError, match=r'is of the course "other", and this workspace of "tiny": ask for the right'):
        update(root, home, newer)
    change(newer, **{COURSE_FILE: json.dumps({**told, "language": "zh"})})
    with pytest.raises(UsageError, match=r'is in the language "zh", and this workspace in "en": ask for the one in'):
        update(root, home, newer)
    assert read(root) == before


def test_an_update_that_was_cut_short_is_made_once_more(
    root: Path, home: Home, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The originals, by which versions are told apart, are written last."""
    (root / "tiny/sums.py").write_text(SUMS + "# mine\n", encoding="utf-8")
    change(newer, **{"tiny/sums.py": "# new\n" + SUMS, "tiny/aaa.py": "x = 1\n"})
    written: list[str] = []

    def full(file: Path, data: bytes) -> None:
        if file.name == "sums.py":
            raise UsageError("no space left; nothing was changed")
        written.append(file.name)
        file.write_bytes(data)

    with monkeypatch.context() as patch:
        patch.setattr("autograder.student.updating.write_whole", full)
        with pytest.raises(UsageError, match="no space left"):
            update(root, home, newer)
    assert written == ["aaa.py"]
    (one,) = update(root, home, newer)
    assert (one.path, one.kind) == ("tiny/sums.py", Kind.MERGED)
    assert (root / "tiny/sums.py").read_text(encoding="utf-8") == "# new\n" + SUMS + "# mine\n"


def test_what_cant_be_written_beside_is_told(tmp_path: Path) -> None:
    """Before anything is changed."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"can't be written \(Not a directory\); nothing was changed"):
        write_beside(tmp_path / "file" / "below", b"", "newer")
