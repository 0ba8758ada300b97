"""Student code cannot change anything that outlives it or that others use."""

from pathlib import Path

import pytest

from tests.hostile.attempts import assert_refused, open_to_all, text
from tests.sandboxes import SMALL

pytestmark = pytest.mark.sandbox
REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "folder", ["/", "/home", "/root", "/dev", "/dev/shm", "/var/tmp", "/run", "/proc/self", REPOSITORY]
)
def test_cannot_make_a_file_in_a_folder_of_the_machine(room, folder):
    """Not where everyone may write, not where only the grader may."""
    attempts = [f"open({text(folder)} + '/hostile', 'w')", f"os.mkdir({text(folder)} + '/hostile')"]
    assert_refused(room, attempts, "import os")
    assert not Path(folder, "hostile").exists()


def test_cannot_change_a_file_that_everyone_may_write(room, tmp_path):
    """The gradebook with careless rights is as closed as any other."""
    book = tmp_path / "gradebook.db"
    book.write_text("20 points")
    book.chmod(0o666)
    open_to_all(book)
    tmp_path.chmod(0o777)
    path = text(book)
    attempts = [
        *(f"open({path}, {mode!r})" for mode in ("w", "a", "r+")),
        *(f"os.truncate({path}, 0)", f"os.unlink({path})", f"os.rename({path}, {path} + 'x')"),
        *(f"os.symlink('/', {text(tmp_path)} + '/x')", f"os.link({path}, {path} + 'x')", f"os.mkfifo({path} + 'x')"),
    ]
    assert_refused(room, attempts, "import os")
    assert book.read_text() == "20 points"
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


def test_cannot_change_python_or_a_package(room):
    """Neither the standard library nor numpy, for itself or for the next."""
    attempts = [
        "open(json.__file__, 'a')",
        "open(numpy.__file__, 'a')",
        "os.unlink(numpy.__file__)",
        "os.chmod(numpy.__file__, 0o777)",
        "os.utime(numpy.__file__)",
        "os.mkdir(os.path.dirname(numpy.__file__) + '/x')",
        "os.setxattr(numpy.__file__, 'user.x', b'1')",
    ]
    assert_refused(room, attempts, "import json, numpy, os")


def test_cannot_leave_a_file_for_the_next_child(namespaces):
    """What a child may write in is its own, and gone with it."""
    write = "import os; open('/scratch/x', 'w').write('1'); open(os.environ['TMPDIR'] + '/y', 'w'); print('wrote')"
    assert namespaces.prints(write) == "wrote\n"
    assert namespaces.prints("import os; print(os.listdir('/scratch'))") == "[]\n"
    assert not Path("/scratch").exists()


def test_cannot_fill_the_disk(namespaces):
    """There is a small room in memory, which is all that can be filled, and each file is bounded."""
    fill = """
    import os
    written = 0
    try:
        for number in range(1_000):
            with open(f'/scratch/{number}', 'wb', 0) as file:
                while True:
                    part = file.write(bytes(1 << 20))
                    written += part
                    if part < 1 << 20 or file.tell() >= 8 << 20:
                        break
    except OSError as error:
        print(error.strerror, written >> 20)
    """
    words, mebibytes = namespaces.prints(fill, limits=SMALL).strip().rsplit(" ", 1)
    assert words == "No space left on device"
    assert int(mebibytes) <= 64


def test_cannot_make_a_large_file(namespaces):
    """A file's size has a limit of its own."""
    setup = "import os\nopened = os.open('/scratch/x', os.O_CREAT | os.O_RDWR)"
    assert_refused(namespaces, ["os.truncate(opened, 1 << 30)", "os.pwrite(opened, b'x', 17 << 20)"], setup)


def test_cannot_write_anything_at_all_without_namespaces(fresh_user):
    """At that level no folder is open for writing, so there is nothing to fill."""
    setup = "import os, tempfile"
    attempts = [f"open({folder!r} + '/x', 'w')" for folder in ("/tmp", "/var/tmp", "/dev/shm", "/scratch", "/run")]
    assert_refused(fresh_user, [*attempts, "tempfile.mkdtemp()"], setup)
