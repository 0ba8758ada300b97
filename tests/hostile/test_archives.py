"""A zip cannot harm the grader, and costs its sender at most the exercises whose files it spoils."""

import io
import struct
import tracemalloc
import zipfile
from functools import cache

import pytest

from autograder.grading.examiner import examine
from autograder.grading.intake import Found, take_in
from autograder.model.verdict import Outcome
from tests.hostile.tiny import MODULE, NOTEBOOK

pytestmark = pytest.mark.sandbox
MIB = 1 << 20
ZEROS = bytes(MIB)
MOST_MEMORY = 64 * MIB  # of Python's own, while a zip is looked through; the bombs are many times larger
PASSED, NOT_RUN = Outcome.PASSED, Outcome.NOT_RUN


def packed(members, bomb=None, bomb_mib=256):
    """A zip of these files and of one that unpacks to so many mebibytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if name != bomb:
                archive.writestr(name, data)
        if bomb is not None:
            with archive.open(bomb, "w") as member:
                for _ in range(bomb_mib):
                    member.write(ZEROS)
    return buffer.getvalue()


def understated(data, name):
    """The zip, whose table of contents says of one file that it unpacks to 9 bytes."""
    at = data.rindex(name.encode()) - 46
    return data[: at + 24] + struct.pack("<I", 9) + data[at + 28 :]


def overlapping(members, copies):
    """A zip whose table of contents names one large file very often, under other names."""
    data = packed(members, "bomb.txt", 64)
    start, size = struct.unpack("<I", data[-6:-2])[0], struct.unpack("<I", data[-10:-6])[0]
    table, end = data[start : start + size], data[start + size :]
    at = table.rindex(b"bomb.txt") - 46
    more = b"".join(table[at : at + 46] + f"b{number:06}x".encode()[:8] for number in range(copies))
    total = min(len(members) + 1 + copies, 0xFFFF)
    return data[:start] + table + more + end[:8] + struct.pack("<HHII", total, total, size + len(more), start) + b"\0\0"


def nested(members):
    """A zip in which zips lie in zips."""
    data = packed({}, "zeros.txt", 64)
    for depth in range(8):
        data = packed({f"{depth}-{copy}.zip": data for copy in range(4)})
    return packed({**members, "more.zip": data})


BOMBS = {
    "in_a_module": (lambda files: packed(files, MODULE), NOT_RUN),
    "in_a_notebook": (lambda files: packed(files, NOTEBOOK), PASSED),
    "in_what_is_the_courses": (lambda files: packed(files, "pocket/coin.py"), PASSED),
    "in_the_record_of_the_course": (lambda files: packed(files, ".course/course.json"), PASSED),
    "in_a_file_that_nobody_asked_for": (lambda files: packed(files, "essay.txt"), PASSED),
    "that_says_it_is_small": (lambda files: understated(packed(files, MODULE), MODULE), NOT_RUN),
    "of_files_that_overlap": (lambda files: overlapping(files, 10_000), PASSED),
    "of_a_million_names": (lambda files: overlapping(files, 1_000_000), NOT_RUN),
    "of_zips_in_zips": (nested, PASSED),
}


@pytest.fixture(scope="module")
def bomb(tiny_answers):
    """What the zip of a name holds, made once for all levels."""
    return cache(lambda name: BOMBS[name][0](tiny_answers))


@pytest.mark.parametrize("name", BOMBS)
def test_cannot_bring_a_bomb(bomb, tiny_plan, notebook_room, tmp_path, name):
    """The grader unpacks no more than a module may hold, and the exercises that are not spoilt keep their points."""
    path = tmp_path / "eve.zip"
    path.write_bytes(bomb(name))
    tracemalloc.start()
    try:
        submission = take_in(Found("eve", path), tiny_plan.course, tiny_plan.workspaces)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert {verdict.outcome for verdict in examine(submission, tiny_plan, notebook_room.sandbox)} == {BOMBS[name][1]}


def test_cannot_bring_a_bomb_as_the_only_zip_of_a_folder(tiny_answers, tiny_plan, notebook_room, tmp_path):
    """A zip that lies in the student's folder is looked into once, and no zip in it."""
    folder = tmp_path / "eve"
    folder.mkdir()
    (folder / "homework.zip").write_bytes(packed({"inner.zip": packed(tiny_answers)}))
    submission = take_in(Found("eve", folder), tiny_plan.course, tiny_plan.workspaces)
    assert {verdict.outcome for verdict in examine(submission, tiny_plan, notebook_room.sandbox)} == {NOT_RUN}
