"""What students hand in becomes submissions; each fault is a sentence with a remedy, and ends nothing."""

import os
import stat
import zipfile

import pytest

from autograder.grading import tree
from autograder.grading.findings import blocked
from autograder.grading.intake import Found, language, take_in
from autograder.model.submission import Severity

MODULE, NOTEBOOK = "pocket/purse.py", "lessons/01_first_coins.ipynb"


@pytest.fixture
def taken(course, workspaces):
    """Take a path in."""
    return lambda path: take_in(Found("ada", path), course, workspaces)


@pytest.fixture
def zipped(tmp_path):
    """Write a zip of names (or ZipInfo) and bytes."""

    def write(entries, name="ada.zip", method=zipfile.ZIP_DEFLATED):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", method) as archive:
            for entry, data in entries.items():
                archive.writestr(entry, data)
        return path

    return write


def sentences(submission):
    """The findings as people read them."""
    return [str(each) for each in submission.findings]


def costs(submission, course):
    """Which exercises can't be checked."""
    return sorted(blocked(submission, course))


# ---- what is tolerated


@pytest.mark.parametrize("base", ["", "ada-homework", "a/b/c"])
def test_a_workspace_may_lie_in_folders_of_folders(base, hand_in, answers, taken):
    """The workspace is found however deep it lies, with the student's modules and nothing to say."""
    submission = taken(hand_in(answers, base=base))
    assert submission.files[MODULE] == answers[MODULE]
    assert submission.findings == ()


def test_a_zip_is_taken_like_the_folder_in_it(zipped, hand_in, answers, taken):
    """A zip made on a Mac, with its extra folder, gives the same files and digest as the folder."""
    clutter = {"__MACOSX/ws/pocket/._purse.py": b"\x00", "ws/.DS_Store": b"\x00"}
    from_zip = taken(zipped({f"ws/{name}": data for name, data in answers.items()} | clutter))
    from_folder = taken(hand_in(answers))
    assert (from_zip.files, from_zip.digest, from_zip.findings) == (from_folder.files, from_folder.digest, ())


def test_a_zip_from_windows_may_have_backslashes(zipped, answers, taken):
    r"""Names like `ws\pocket\purse.py` are understood."""
    assert taken(zipped({f"ws\\{name.replace('/', chr(92))}": data for name, data in answers.items()})).findings == ()


def test_a_folder_may_hold_the_zip(tmp_path, zipped, answers, taken):
    """A learning platform that makes a folder for each student and puts the zip into it."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "comment.html").touch()
    zipped(answers, name="ada/homework 1.zip")
    assert taken(tmp_path / "ada").findings == ()


def test_notes_do_not_drown_the_rest(hand_in, answers, taken):
    """Of very many modules that are nobody's the first ones are told."""
    extra = {f"pocket/m{number}.py": b"" for number in range(100)} | {"lessons/own.py": b""}
    assert len(taken(hand_in(answers | extra)).findings) == 20


def test_what_tools_leave_behind_is_not_looked_at(hand_in, answers, taken):
    """Virtual environments, caches and other files of the student's are no fault."""
    extra = {
        ".venv/lib/pocket/purse.py": b"(",
        "pocket/__pycache__/purse.cpython-311.pyc": b"\x00",
        "notes.txt": b"hm",
        "venv/lessons/01_first_coins.ipynb": b"",
    }
    assert taken(hand_in(answers | extra)).findings == ()


def test_a_changed_course_file_is_restored_and_told(hand_in, answers, workspaces, taken):
    """The course's own version of a given file is what runs."""
    submission = taken(hand_in(answers | {"pocket/coin.py": b"class Coin: cents = 10**6\n"}))
    assert submission.files["pocket/coin.py"] == workspaces["en"]["pocket/coin.py"]
    assert sentences(submission) == ["pocket/coin.py was changed: the course's own version was used instead"]


def test_other_line_ends_are_no_change(hand_in, answers, taken):
    """A given file with Windows line ends counts as unchanged."""
    windows = answers["pocket/coin.py"].replace(b"\n", b"\r\n")
    assert taken(hand_in(answers | {"pocket/coin.py": windows})).findings == ()


def test_a_module_of_the_students_own_is_left_aside_and_told(hand_in, answers, taken):
    """Only the course's modules are run."""
    submission = taken(hand_in(answers | {"pocket/helper.py": b""}))
    assert "pocket/helper.py" not in submission.files
    assert sentences(submission)[0].startswith("pocket/helper.py does not belong to the course and was left aside")
    assert submission.findings[0].severity is Severity.NOTE


def test_the_workspace_says_its_language(hand_in, course, workspaces, taken):
    """A Chinese workspace is taken in as one; where nothing is said, it is the course's first language."""
    assert language(taken(hand_in(workspaces["zh"])).files, course) == "zh"
    assert language({".course/course.json": b"[" * 100_000}, course) == "en"
    assert language({".course/course.json": b'{"language": "tlh"}'}, course) == "en"


def test_the_digest_is_of_what_the_student_wrote(hand_in, answers, taken):
    """Another answer gives another digest; another README does not."""
    digest = taken(hand_in(answers)).digest
    assert taken(hand_in(answers | {"README.md": b"mine"}, "bob")).digest == digest
    assert taken(hand_in(answers | {MODULE: answers[MODULE] + b"# mine\n"}, "eve")).digest != digest


# ---- what costs something, and how much


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, f"{MODULE} is missing, and its untouched skeleton stands in: hand in the whole workspace"),
        (
            b"def f(:\n",
            f"{MODULE} is not valid Python (line 1: invalid syntax), and its skeleton stands in: correct it",
        ),
        ("x = 1\n# é".encode("latin-1"), f"{MODULE} is not valid Python (line 2: not UTF-8 text, save it as UTF-8)"),
        (b"x = 1\0", f"{MODULE} is not valid Python (source code string cannot contain null bytes)"),
        (b"(" * 5000, f"{MODULE} is not valid Python (line 1: too many nested parentheses)"),
        (b"#" * 300_000, f"{MODULE} is larger than 256 KiB: take out what does not belong there"),
    ],
    ids=["missing", "syntax", "latin-1", "null", "nested", "large"],
)
def test_a_module_that_can_not_be_read_costs_its_own_exercises(data, told, hand_in, answers, course, taken):
    """The untouched skeleton stands in for it, so that the rest can still be checked."""
    files = {name: text for name, text in (answers | {MODULE: data}).items() if text is not None}
    submission = taken(hand_in(files))
    assert sentences(submission)[0].startswith(told)
    assert costs(submission, course) == ["purse.put", "purse.total"]
    assert b"NotImplementedError" in submission.files[MODULE]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, f"{NOTEBOOK} is missing: hand in the whole workspace"),
        (b"not JSON", f"{NOTEBOOK} is not a notebook (JSON is malformed"),
        (b"[" * 100_000, f"{NOTEBOOK} is not a notebook ("),
        (b'{"cells": []}', f"{NOTEBOOK} is not a notebook (Object missing required field `nbformat`)"),
        (b'{"nbformat": 4, "cells": {}}', f"{NOTEBOOK} is not a notebook (Expected `array`, got `object`"),
        (b'{"nbformat": 3}', f"{NOTEBOOK} is not a notebook ("),
        (b'{"nbformat": 5}', f"{NOTEBOOK} is a notebook of version 5, not 4: save it in Jupyter as version 4"),
        (b'{"nbformat": ' + b"4" * 6000 + b"}", f"{NOTEBOOK} is not a notebook ("),
    ],
    ids=["missing", "no-json", "deep", "no-version", "no-cells", "broken-old", "newer", "huge-number"],
)
def test_a_notebook_that_can_not_be_read_costs_its_own_exercises(data, told, hand_in, answers, course, taken):
    """The lesson's exercises can't be checked; the modules can."""
    files = {name: text for name, text in (answers | {NOTEBOOK: data}).items() if text is not None}
    submission = taken(hand_in(files))
    assert sentences(submission)[0].startswith(told)
    assert costs(submission, course) == ["first_coins.largest"]
    assert submission.files[MODULE] == answers[MODULE]


def test_nothing_of_the_workspace_costs_everything(hand_in, course, taken):
    """One sentence says what was looked for."""
    submission = taken(hand_in({"essay.txt": b"I could not do it"}))
    assert sentences(submission) == [
        f"ada holds none of the course's files, such as {MODULE}: hand in the whole workspace"
    ]
    assert len(costs(submission, course)) == 3


# ---- zips


@pytest.mark.parametrize("name", ["../../pocket/purse.py", "/etc/passwd", "C:\\x\\pocket\\purse.py"])
def test_a_zip_can_not_reach_outside(name, zipped, answers, taken):
    """An entry whose name leads outside is left aside and told; the rest is taken."""
    submission = taken(zipped(answers | {name: b"boo"}))
    assert submission.files[MODULE] == answers[MODULE]
    assert sentences(submission)[0].startswith("ada.zip holds names that lead out of it (1, such as ")


def test_a_zip_can_not_bring_links(zipped, answers, taken):
    """A link in a zip is not followed, and told."""
    link = zipfile.ZipInfo("pocket/secret.py")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    submission = taken(zipped(answers | {link: "/etc/passwd"}))
    assert sentences(submission) == [
        "ada.zip holds links (1, such as pocket/secret.py), which are not followed: hand in the files themselves"
    ]


def test_a_folder_can_not_bring_links(hand_in, answers, workspaces, tmp_path, taken):
    """A module that is a link to somebody's file is not read."""
    folder = hand_in(answers)
    (folder / MODULE).unlink()
    (tmp_path / "solution.py").write_text("secret = 1")
    (folder / MODULE).symlink_to(tmp_path / "solution.py")
    submission = taken(folder)
    assert submission.files[MODULE] == workspaces["en"][MODULE]
    assert sentences(submission)[0].startswith(f"ada holds links (1, such as {MODULE}), which are not followed")


def test_a_submission_that_is_a_link_is_not_followed(hand_in, answers, tmp_path, course, taken):
    """A link in the folder of submissions is told."""
    (tmp_path / "ada").symlink_to(hand_in(answers))
    submission = taken(tmp_path / "ada")
    assert sentences(submission)[0].startswith("ada is a link, and links are not followed")
    assert len(costs(submission, course)) == 3


def test_a_zip_bomb_is_read_no_further_than_a_module_may_be(zipped, answers, taken):
    """A module that unpacks to 100 MB costs as much as one that is too large."""
    submission = taken(zipped(answers | {MODULE: b"\0" * 100_000_000}))
    assert sentences(submission)[0].startswith(f"{MODULE} is larger than 256 KiB")


def test_a_zip_of_too_many_files_is_not_opened(zipped, answers, taken, monkeypatch):
    """The table of contents is counted before it is read."""
    monkeypatch.setattr(tree, "MOST_FILES", 5)
    assert sentences(taken(zipped(answers)))[0].startswith("ada.zip holds more than 5 files: zip the workspace alone")


def test_a_zip_that_is_too_large_is_not_opened(zipped, answers, taken, monkeypatch):
    """The size of the file is looked at first."""
    monkeypatch.setattr(tree, "ZIP_MIB", 0)
    assert sentences(taken(zipped(answers)))[0].startswith("ada.zip is larger than 0 MiB")


def test_a_folder_of_too_many_files_is_looked_through_in_part(hand_in, answers, taken, monkeypatch):
    """What was not looked at is told."""
    monkeypatch.setattr(tree, "MOST_FILES", 7)
    assert "holds more than 7 files: the rest was not looked at" in sentences(taken(hand_in(answers)))[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "ada.zip is empty"), (b"PK\x03\x04 rubbish", "ada.zip is damaged or no zip (File is not a zip file)")],
)
def test_a_broken_zip_costs_everything(data, told, tmp_path, course, taken):
    """A zip that can't be opened is one sentence."""
    path = tmp_path / "ada.zip"
    path.write_bytes(data)
    submission = taken(path)
    assert sentences(submission)[0].startswith(told)
    assert len(costs(submission, course)) == 3


def test_a_damaged_member_costs_its_own_exercises(zipped, answers, course, taken):
    """A wrong checksum in the middle of a zip is told of the file that has it."""
    path = zipped(answers, method=zipfile.ZIP_STORED)
    data = path.read_bytes()
    start = data.index(answers[MODULE])
    path.write_bytes(data[:start] + b"#" * 10 + data[start + 10 :])
    submission = taken(path)
    assert sentences(submission)[0].startswith(f"{MODULE} can't be unpacked (Bad CRC-32")
    assert costs(submission, course) == ["purse.put", "purse.total"]


def test_an_encrypted_zip_is_told(zipped, answers, taken):
    """The remedy is a zip without a password."""
    path = zipped(answers, method=zipfile.ZIP_STORED)
    data = path.read_bytes()
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data = bytearray(data)
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))
    assert sentences(taken(path))[0].endswith("is encrypted: zip it without a password")


def test_an_unusual_method_is_not_unpacked(zipped, answers, taken):
    """Methods that can't be unpacked within bounds are refused."""
    assert "packed by an unusual method" in sentences(taken(zipped(answers, method=zipfile.ZIP_LZMA)))[0]


def test_an_archive_of_another_kind_is_told(tmp_path, taken):
    """An archive that isn't a zip costs everything, with the remedy."""
    (tmp_path / "ada.7z").write_bytes(b"7z")
    assert sentences(taken(tmp_path / "ada.7z")) == [
        "ada.7z is an archive that can't be read: hand in a folder or a zip"
    ]


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_a_named_pipe_does_not_hang_the_run(hand_in, answers, taken):
    """A module that is a pipe counts as missing."""
    folder = hand_in(answers)
    (folder / MODULE).unlink()
    os.mkfifo(folder / MODULE)
    assert sentences(taken(folder))[0].startswith(f"{MODULE} is missing")
