"""A run that is killed at any moment is completed by the next one: nothing is lost, and nothing is there twice."""

import csv
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from tests.postgres import serving
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "grade", "in", "--seed", "7"]
IN_A_ROW = 5  # so often the same run is killed before it may complete
CHANGES = (
    ("cents", "cents"),  # right
    ("worth += coin.cents", "worth += 1"),
    ("self.coins.append(coin)", "raise MemoryError"),
    ("from .coin import Coin", "def broken(:"),
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_gradebook(request, tmp_path):
    """Makes the URL of a gradebook that doesn't exist yet."""
    if request.param == "sqlite":
        numbers = count()
        yield lambda: f"sqlite:///{tmp_path / f'gradebook-{next(numbers)}.db'}"
        return
    with serving() as server:
        yield server.new_database


def hand_in(folder: Path, submissions: int) -> None:
    """Write a class."""
    course = load_course(write_course(folder, ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")))
    answers = workspace_files(course, edition_of(course, "en", answers=True))
    for number in range(submissions):
        module = answers["pocket/purse.py"].decode().replace(*CHANGES[number % len(CHANGES)])
        for path, data in (answers | {"pocket/purse.py": module.encode()}).items():
            file = folder / "in" / f"student-{number:04}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def start(folder: Path, out: str, gradebook: str) -> subprocess.Popen:
    """Begin to grade, as the leader of a group of processes."""
    arguments = [*COMMAND, "--out", out, "--gradebook", gradebook, "--jobs", "2"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(arguments, cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True)


def complete(folder: Path, out: str, gradebook: str) -> dict[str, bytes]:
    """Grade to the end; the tables and results that were written."""
    assert start(folder, out, gradebook).wait() == 0
    files = [folder / out / "scores.csv", *sorted((folder / out / "results").iterdir())]
    return {str(file.relative_to(folder / out)): file.read_bytes() for file in files}


def kill_after(folder: Path, out: str, gradebook: str, moment_s: float) -> None:
    """Grade for so long, then end every process of the run at once; it may have ended before."""
    running = start(folder, out, gradebook)
    with suppress(subprocess.TimeoutExpired):
        running.wait(moment_s)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def attempts(gradebook: str) -> dict[int, tuple[str, bytes]]:
    """What a gradebook holds of each attempt."""
    engine = create_engine(gradebook)
    try:
        if not inspect(engine).has_table("attempts"):
            return {}
        with engine.connect() as connection:
            rows = connection.execute(text("select id, student, verdicts from attempts")).all()
        return {number: (student, bytes(verdicts)) for number, student, verdicts in rows}
    finally:
        engine.dispose()


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("submissions", "kills"), [(3, 1), pytest.param(200, 100, marks=pytest.mark.campaign)], ids=["few", "campaign"]
)
def test_a_killed_run_is_completed_by_the_next(new_gradebook, tmp_path, submissions, kills):
    """Each attempt that was there stays as it was; in the end each student has one, and all is as without any kill."""
    hand_in(tmp_path, submissions)
    begun = time.monotonic()
    whole = complete(tmp_path, "whole", new_gradebook())
    length_s = time.monotonic() - begun
    moments = random.Random(7)
    for first in range(0, kills, IN_A_ROW):
        out, gradebook, kept = f"run-{first}", new_gradebook(), {}
        for _ in range(min(IN_A_ROW, kills - first)):
            kill_after(tmp_path, out, gradebook, moments.uniform(0, length_s))
            found = attempts(gradebook)
            assert kept.items() <= found.items()
            kept = found
        assert complete(tmp_path, out, gradebook) == whole
        found = attempts(gradebook)
        assert kept.items() <= found.items()
        students = [student for student, _ in found.values()]
        assert len(set(students)) == len(students) == submissions
    with (tmp_path / "whole/scores.csv").open(encoding="utf-8-sig") as table:
        assert len({row["total"] for row in csv.DictReader(table)}) > 1
