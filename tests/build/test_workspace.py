"""A workspace is written whole, and never over somebody's work."""

from __future__ import annotations

import hashlib
import json

import msgspec
import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.folder import replace_folder
from autograder.build.stubs import Level
from autograder.build.wheel import machine_wheel
from autograder.build.workspace import build_workspace, workspace_files
from autograder.checks.originals import read_originals
from autograder.model.errors import CourseError, UsageError
from autograder.model.ids import CheckId
from autograder.model.transcript import Transcript
from autograder.model.workspace import Home
from tests.tiny_course import write_course

WRITTEN = {
    ".course/course.json", ".course/digests.json", ".course/expected.json", ".course/originals.zip",
    ".course/start.json", ".vscode/extensions.json", ".vscode/settings.json",
    "README.md", "checks/test_purse.py", "lessons/01_first_coins.ipynb", "notes/plain.txt",
    "pocket/__init__.py", "pocket/coin.py", "pocket/purse.py", "pyproject.toml", "start.py",
    *machine_wheel(),
}  # fmt: skip


@pytest.fixture
def course(tmp_path):
    """The tiny course, loaded."""
    return load_course(write_course(tmp_path))


@pytest.fixture
def build(course):
    """Build the tiny course in Chinese into a folder, with an empty transcript for each check."""

    def build(out, **options):
        edition = edition_of(course, "zh", Level.GUIDED, **options)
        build_workspace(
            course, edition, out, lambda checks: {CheckId(check.id): Transcript(entries=()) for check in checks}
        )
        return out

    return build


def _read(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_workspace_holds_what_a_student_needs(tmp_path, build):
    """Skeletons, given files, checks, lessons and the course's own files are there, and nothing else."""
    files = _read(build(tmp_path / "out" / "ws"))
    assert set(files) == WRITTEN
    assert files["README.md"].decode() == "# 小课\n- 钱包\n"
    assert files["notes/plain.txt"] == b"<% untouched %>\n"
    assert '"""两枚硬币的价值是它们的和。"""' in files["checks/test_purse.py"].decode()
    assert list(json.loads(files[".course/expected.json"])) == ["test_purse::test_two_coins_are_added"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ws"]


def test_a_workspace_knows_its_course(tmp_path, build):
    """The record of the course has texts in the workspace's language alone."""
    home = msgspec.json.decode((build(tmp_path / "ws") / ".course/course.json").read_bytes(), type=Home)
    assert (home.title, home.language, home.level, home.package, home.seed) == ("小课", "zh", "guided", "pocket", 3)
    assert home.units[0].exercises[0].hints == ("哪个列表？", "`self.coins`")


def test_nothing_hidden_is_in_a_workspace(tmp_path, build):
    """Hidden checks, answers and the solutions' place never get into a workspace."""
    files = _read(build(tmp_path / "ws"))  # what the machine's own files hold, others see to
    text = b"\n".join(files[path] for path in files.keys() - machine_wheel().keys()).decode("utf-8", "replace")
    for secret in ("777", "secret", "append", "max(", "worth += coin", str(tmp_path)):
        assert secret not in text


def test_answers_fill_the_workspace(tmp_path, build):
    """With answers the modules and notebooks are the reference's."""
    files = _read(build(tmp_path / "ws", answers=True))
    assert b"self.coins.append(coin)" in files["pocket/purse.py"]
    assert b"return max(coins)" in files["lessons/01_first_coins.ipynb"]


def test_building_twice_gives_the_same_bytes(tmp_path, build):
    """A build depends on the course alone."""
    assert _read(build(tmp_path / "a")) == _read(build(tmp_path / "b"))


def test_an_untouched_workspace_is_replaced(tmp_path, build):
    """A workspace in which nobody worked gives way, whatever tools left in it."""
    out = build(tmp_path / "ws")
    (out / "pocket" / "__pycache__").mkdir()
    (out / "pocket" / "__pycache__" / "x.pyc").write_bytes(b"")
    build(out, answers=True)
    assert set(_read(out)) == WRITTEN
    assert b"append" in (out / "pocket/purse.py").read_bytes()


def test_an_empty_folder_is_filled(tmp_path, build):
    """An empty folder may be there already."""
    (tmp_path / "ws").mkdir()
    assert set(_read(build(tmp_path / "ws"))) == WRITTEN


@pytest.mark.parametrize("file", ["pocket/purse.py", "mine.py", ".course/digests.json"])
def test_work_is_never_overwritten(tmp_path, build, file):
    """A workspace with a changed, added or damaged file is refused and left as it is."""
    out = build(tmp_path / "ws")
    (out / file).write_text("work", encoding="utf-8")
    before = _read(out)
    with pytest.raises(
        UsageError, match=r"ws: holds files that a new workspace would overwrite; name an empty or a new"
    ):
        build(out)
    assert _read(out) == before


def test_a_file_is_no_folder(tmp_path, build):
    """An output that is a file is refused."""
    (tmp_path / "ws").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="ws: is a file; name a folder"):
        build(tmp_path / "ws")


def test_a_place_that_cannot_be_written(tmp_path, build):
    """An output below a file can't be made."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"ws: can't be written \(.+\); name another folder"):
        build(tmp_path / "file" / "ws")


def test_work_begun_during_a_build_is_kept(tmp_path, course):
    """What appears in the output's place while a workspace is built stays there."""
    out = tmp_path / "deep" / "ws"

    def take_the_place(checks):
        out.write_text("mine", encoding="utf-8")
        return {}

    with pytest.raises(UsageError, match="ws: is a file; name a folder"):
        build_workspace(course, edition_of(course, "en"), out, take_the_place)
    assert out.read_text("utf-8") == "mine"


def test_when_the_last_step_fails_the_old_folder_is_back(tmp_path, build):
    """A workspace that can't be moved into place leaves the one that was there."""
    out = build(tmp_path / "ws")
    before = _read(out)
    with (
        pytest.raises(UsageError, match=r"ws: can't be replaced \(.+\); name another folder"),
        replace_folder(out) as staged,
    ):
        staged.rmdir()
    assert _read(out) == before


def test_a_failing_build_leaves_nothing(tmp_path, course):
    """A fault while expectations are made leaves no half-written folder."""

    def fail(checks):
        raise CourseError("no transcript")

    with pytest.raises(CourseError, match="no transcript"):
        build_workspace(course, edition_of(course, "en"), tmp_path / "out" / "ws", fail)
    assert list((tmp_path / "out").iterdir()) == []


def test_two_sources_of_one_file_are_refused(course):
    """A course's own file can't stand where the builder writes."""
    (course.root / "workspace" / "pyproject.toml").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match=r"the workspace's pyproject\.toml comes from two places"):
        workspace_files(course, edition_of(course, "en"))


def test_a_check_that_is_not_python_is_named(course):
    """A public check that doesn't parse is a fault with file and line."""
    (course.root / "checks" / "test_bad.py").write_text("x = 1\ny =\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r"test_bad\.py:2: is not Python"):
        workspace_files(course, edition_of(course, "zh"))


def test_digests_are_of_every_other_file(tmp_path, build):
    """The digests say how each file was built."""
    out = build(tmp_path / "ws")
    digests = json.loads((out / ".course/digests.json").read_bytes())
    files = _read(out)
    assert digests == {
        path: hashlib.sha256(files[path]).hexdigest() for path in sorted(WRITTEN - {".course/digests.json"})
    }


def test_a_workspace_holds_its_files_as_they_were_built(tmp_path, build):
    """Each file but the digests can be had back, whatever became of it, and the zip is the same at each build."""
    out, again = build(tmp_path / "ws"), build(tmp_path / "again")
    files = _read(out)
    (out / "pocket/purse.py").unlink()
    originals = read_originals(out)
    not_kept = {".course/digests.json", ".course/originals.zip", *machine_wheel()}
    assert originals == {path: files[path] for path in WRITTEN - not_kept}
    assert (out / ".course/originals.zip").read_bytes() == (again / ".course/originals.zip").read_bytes()


def test_lost_originals_are_told(tmp_path):
    """Missing or damaged, the sentence says where others lie."""
    with pytest.raises(UsageError, match=r"originals\.zip is missing; copy it from the workspace as you got it"):
        read_originals(tmp_path)
    (tmp_path / ".course").mkdir()
    (tmp_path / ".course/originals.zip").write_bytes(b"no zip")
    with pytest.raises(UsageError, match=r"originals\.zip is damaged \(File is not a zip file\); copy it from"):
        read_originals(tmp_path)
