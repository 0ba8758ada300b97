"""A class graded twice gives the same bytes, and leaves nothing on the machine but the reports."""

import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.sandbox.inside.system import PR_SET_CHILD_SUBREAPER, prctl
from tests.hostile.processes import mounts
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "grade", "in", "--seed", "7"]
CPU_SECONDS = re.compile(rb"\d+\.\d\d s CPU")
HANGING_EVERY = 100  # of the submissions one hangs, which takes as long as a hundred others
GONE_WITHIN_S = 10.0
MESSY = """
import os, threading
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/"):
    try: open(f"{folder}/MARK", "w").close()
    except OSError: pass
if os.fork() == 0:
    os.setsid()
    threading.Event().wait(600)
"""
CHANGES = (
    ("cents", "cents"),  # right
    ("worth += coin.cents", "worth += 1"),
    ("return worth", "import random\n    return random.randrange(10**6), hash('seeded'), {'a', 'b', 'c'}"),
    ("self.coins.append(coin)", "raise MemoryError"),
    ("from .coin import Coin", MESSY + "from .coin import Coin"),
    ("self.coins.append(coin)", "import os; os._exit(3)"),
    ("self.coins.append(coin)", "raise ValueError(object())"),
)
HANGING = ("self.coins.append(coin)", "while True: pass")


@pytest.fixture
def hand_in(tmp_path):
    """Write so many submissions, of every kind; the mark that is in the names of what some of them leave."""
    no_plots = ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")
    course = load_course(write_course(tmp_path, no_plots))
    mark = f"left-by-{uuid.uuid4()}"

    def write(count):
        for number in range(count):
            files = workspace_files(course, edition_of(course, "en", answers=number % 7 > 0))
            change = HANGING if number % HANGING_EVERY == 8 else CHANGES[number % len(CHANGES)]
            module = files["pocket/purse.py"].decode().replace(*change).replace("MARK", mark)
            for path, data in (files | {"pocket/purse.py": module.encode()}).items():
                file = tmp_path / "in" / f"student-{number:04}" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        return mark

    return write


@pytest.fixture
def orphans():
    """The processes that others left, which come to this one as long as it asks for them."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    before = _children()

    def left():
        end = time.monotonic() + GONE_WITHIN_S
        while (found := _children() - before) and time.monotonic() < end:
            for child in found:
                os.waitpid(child, os.WNOHANG)
            time.sleep(0.02)
        return found

    yield left
    prctl(PR_SET_CHILD_SUBREAPER, 0)


def _children():
    found = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(file.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        found |= {int(file.parent.name)} if parent == os.getpid() else set()
    return found


def graded(folder, name, jobs):
    """Grade once more; every file that has to be the same, with CPU times taken out of the instructor's pages."""
    temporary = folder / f"{name}-tmp"
    temporary.mkdir()
    ended = subprocess.run(
        [*COMMAND, "--out", name, "--jobs", str(jobs)],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert list(temporary.iterdir()) == []
    out = folder / name
    files = [path for path in out.rglob("*") if path.is_file() and path.name != "gradebook.db"]
    return {path.relative_to(out): CPU_SECONDS.sub(b"", path.read_bytes()) for path in files}


@pytest.mark.sandbox
@pytest.mark.parametrize("count", [pytest.param(12), pytest.param(1000, marks=pytest.mark.campaign)])
def test_the_same_class_gives_the_same_bytes_and_leaves_nothing(hand_in, orphans, tmp_path, count):
    """However many workers share it. User ids are held by processes, so where none is left no id is."""
    mark = hand_in(count)
    mounted = mounts(tmp_path)
    first = graded(tmp_path, "one", jobs=1)
    second = graded(tmp_path, "two", jobs=2)
    assert sum(path.parts[0] == "results" for path in first) == count
    assert first == second
    assert orphans() == set()
    assert mounts(tmp_path) == mounted
    assert [path for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/") for path in Path(folder).glob(mark)] == []
