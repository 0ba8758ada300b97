"""Student code cannot read what is the instructor's, the grader's or another student's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.model.transcript import Transcript
from tests.hostile.attempts import assert_refused, open_to_all, text
from tests.sandboxes import EMPTY, SMALL, module, task

pytestmark = pytest.mark.sandbox
REPOSITORY = Path(__file__).parents[2]
SECRET = "only-the-grader-knows-" + "this"


@pytest.mark.parametrize(
    "path",
    [
        REPOSITORY / "solutions" / "mytorch" / "node.py",
        REPOSITORY / "pyproject.toml",
        REPOSITORY / "autograder" / "checks" / "compare.py",
        REPOSITORY / "autograder" / "sandbox" / "inside" / "parent.py",
        "/etc/passwd",
        "/etc/shadow",
        "/etc/hostname",
        "/proc/1/environ",
        "/proc/kallsyms",
        "/proc/kmsg",
        "/dev/kmsg",
        "/dev/mem",
        "/dev/tty",
        "/sys/kernel/uevent_seqnum",
        Path.home() / ".bashrc",
    ],
    ids=str,
)
def test_cannot_read_a_file_of_the_machine(room, path):
    """Not the reference, the checks, the grader's own code, or the system's files."""
    if str(path) == "/proc/1/environ" and room.level == "namespaces":
        pytest.skip("process 1 is the child itself there")
    assert_refused(room, [f"open({text(path)}, 'rb').read(1)"])


def test_cannot_list_folders_of_the_machine(room):
    """Not even names are told."""
    places = ["/", "/home", "/root", "/tmp", "/etc", "/var", "/dev", "/sys", REPOSITORY, REPOSITORY.parent]
    folders = list(dict.fromkeys(map(str, places)))  # a checkout may lie in one of the others
    if room.level == "namespaces":
        folders = [folder for folder in folders if folder != "/tmp"]  # its own, or the way to Python
    assert_refused(room, [f"os.listdir({text(folder)})" for folder in folders], "import os")


def test_cannot_read_another_users_open_file(room, tmp_path):
    """A file that everyone may read is closed to student code as well."""
    exam = tmp_path / "exam.txt"
    exam.write_text(SECRET)
    open_to_all(exam)
    assert_refused(room, [f"open({text(exam)}).read()", f"os.listdir({text(tmp_path)})"], "import os")


def test_cannot_follow_links_out(namespaces, tmp_path):
    """Symbolic and hard links to the machine's files lead nowhere."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    setup = f"import os; os.symlink({text(secret)}, '/scratch/soft')"
    attempts = ["open('/scratch/soft').read()", f"os.link({text(secret)}, '/scratch/hard')"]
    attempts += ["os.link('/etc/shadow', '/scratch/h')", "open('/proc/self/root/etc/passwd')"]
    assert_refused(namespaces, attempts, setup)


def test_cannot_climb_out_through_open_folders(room):
    """No descriptor that a child holds leads to a folder above."""
    setup = """
    import os
    opened = [int(name) for name in range(3, 64) if os.path.exists(f"/proc/self/fd/{name}")]
    def read_above(steps, name):
        last = FileNotFoundError("no descriptor leads there")
        for number in opened:
            try:
                return open(os.open("../" * steps + name, os.O_RDONLY, dir_fd=number)).read()
            except OSError as error:
                last = error
        raise last
    """
    names = ["etc/passwd", ".bashrc", "lib/python3.11/site-packages/README.txt"]
    assert_refused(room, [f"read_above({steps}, {name!r})" for steps in range(8) for name in names], setup)


def test_cannot_see_the_graders_environment(room, monkeypatch):
    """A child's environment is a short list of its own."""
    monkeypatch.setenv("GRADER_TOKEN", SECRET)
    names = room.prints("import os; print(*sorted(os.environ))").split()
    assert set(names) <= {
        *("HOME", "LANG", "MALLOC_ARENA_MAX", "MPLBACKEND", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PATH"),
        *("PYTHONHASHSEED", "TMPDIR", "LC_CTYPE"),
    }


def test_cannot_see_the_environment_of_a_warm_parent_or_a_grader(room):
    """Their pages in /proc are closed or not there."""
    grader = os.getpid()
    parent = room.sandbox._process.pid
    files = ["environ", "cmdline", "maps", "mem", "status", "fd", "cwd", "root/etc/passwd"]
    reads = [f"open('/proc/{pid}/{name}', 'rb').read(10)" for pid in (grader, parent) for name in files]
    assert_refused(room, [read for read in reads if "/fd'" not in read])
    assert_refused(room, [f"os.listdir('/proc/{pid}/fd')" for pid in (grader, parent)], "import os")


def test_cannot_read_another_childs_memory_or_files(room):
    """Two children at one time know nothing of each other."""
    with room.sandbox.start(module(f"secret = {SECRET!r}"), "mytorch", SMALL) as other:
        pid = other._pid
        attempts = [f"open('/proc/{pid}/{name}', 'rb').read(10)" for name in ("mem", "environ", "maps", "cmdline")]
        assert_refused(room, attempts)


# Looks for a text backwards, so that looking for it does not put it there.
SCAN = f"""
import ctypes
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # lets a process that changed its user read its own memory
found = 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        place, rights = line.split()[:2]
        low, high = (int(part, 16) for part in place.split("-"))
        if rights.startswith("rw") and "[v" not in line:
            memory.seek(low)
            found += memory.read(high - low)[::-1].count({SECRET[::-1].encode()!r})
print(found)
"""


def test_cannot_find_another_submission_in_its_own_memory(room):
    """What one child was sent never was in the process that the next one is forked from."""
    assert int(room.prints(SCAN, module(f"secret = {SECRET!r}"))) > 0, "the scan finds what is there"
    assert int(room.prints(SCAN)) == 0


def test_cannot_find_the_next_check_in_its_own_memory(room):
    """A check's source is sent just before it runs; until then the process doesn't hold it."""
    with room.sandbox.start(EMPTY, "mytorch", SMALL) as child:
        first = child.run(task(SCAN))
        child.run(task(f"x = {SECRET!r}"))
    assert isinstance(first, Transcript)
    assert first.output == "0\n"


@pytest.mark.parametrize("name", ["torch", "autograd", "jax", "tensorflow", "pytest", "msgspec", "sqlalchemy", "pip"])
def test_cannot_import_what_the_course_does_not_list(room, name):
    """Least of all another autograd."""
    assert room.prints(f"import {name}") == "ModuleNotFoundError"


def test_cannot_reach_another_package_by_its_path(room):
    """Adding site-packages to the path brings nothing."""
    places = {Path(pytest.__file__).parent, Path(sys.base_prefix, "lib", "python3.11", "site-packages", "pip")}
    attempts = [f"open({text(place / '__init__.py')}).read()" for place in places]
    assert_refused(room, attempts)
    lines = f"import sys; sys.path += {[str(place.parent) for place in places]!r}\nimport pytest"
    assert room.prints(lines) in {"ModuleNotFoundError", "PermissionError"}


def test_cannot_run_a_program(room):
    """Nothing is there to be executed, and nothing may be."""
    loader = "/lib64/ld-linux-x86-64.so.2"
    programs = [sys.executable, "/bin/sh", "/usr/bin/env", "/bin/cat", loader]
    setup = "import os, subprocess, sys"
    attempts = [f"os.execv({program!r}, [{program!r}, '-c', '1'])" for program in programs]
    attempts += [f"subprocess.run([{program!r}])" for program in programs]
    assert_refused(room, attempts, setup)


def test_attempts_would_succeed_outside(tmp_path):
    """The attacks above are attacks: in a process that is not shut in they work."""
    script = tmp_path / "attack.py"
    script.write_text("import os\nopen('/etc/passwd').read(); os.listdir('/'); open('/proc/self/root/etc/passwd')")
    subprocess.run([sys.executable, str(script)], check=True, timeout=30)
