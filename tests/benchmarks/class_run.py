"""What a class costs: `python -m tests.benchmarks.class_run [SUBMISSIONS]`, 1000 without a number.

They are submissions to a small course of three checks, so that a thousand of them end within minutes: a quarter
answers, a quarter wrong, a quarter hostile, a quarter broken, and no two alike. They are
graded with one job and with two, a tenth of them alone, all of them again with nothing changed, and by a scheduler
with four workers of which one is killed in the middle. All must give the same scores. Speeds are ratios of one run.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from tests.benchmarks.measure import Cost, clock_name, cost
from tests.clusters import Cluster, children
from tests.hostile import attacks
from tests.tiny_course import write_course

if TYPE_CHECKING:
    from autograder.model.course import Course

REPOSITORY = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.peak"]
MODULE = "pocket/purse.py"
NAMES = "import os\nGRADER, PARENT, HIDDEN, FOLDER, REPOSITORY = 1, os.getppid(), '/etc/shadow', '/root', '/root'\n"
WRONG = (
    (b"worth += coin.cents", b"worth += 1"),
    (b"self.coins.append(coin)", b"pass"),
    (b"return worth", b"return"),
)
BROKEN = (b"def broken(:\n", b"raise SystemExit\n", b"import os\nos._exit(3)\n", b"\xff\xfe not text")
WORKERS, MANY, MACHINES = 4, 100_000, (1, 10, 100)
UNCHANGED_AIM = 0.02
NO_PLOTS = ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")


class Run(NamedTuple):
    """One run of the command."""

    cost: Cost
    grader_bytes: int  # at most, of the process that was called
    worker_bytes: int  # at most, of the largest that it started
    scores: bytes


class Scheduled(NamedTuple):
    """A run by a scheduler: of its CPU seconds, none are the workers'."""

    run: Run
    scheduler_s: float


class Figures(NamedTuple):
    """All that is measured."""

    submissions: int
    few: Run  # a tenth, one job
    one: Run
    again: Run  # nothing changed
    two: Run
    scheduled: Scheduled


def main(submissions: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        print_figures(measured(Path(name), submissions))


def measured(folder: Path, submissions: int) -> Figures:
    """Grade a class in each way."""
    course = small_course(folder)
    hand_in(folder / "all", course, submissions)
    hand_in(folder / "few", course, max(1, submissions // 10))
    one = grade(folder, "all", "one", "--jobs", "1")
    figures = Figures(
        submissions,
        few=grade(folder, "few", "some", "--jobs", "1"),
        one=one,
        again=grade(folder, "all", "one", "--jobs", "1"),
        two=grade(folder, "all", "two", "--jobs", "2"),
        scheduled=scheduled(folder, submissions),
    )
    assert figures.again.scores == figures.two.scores == figures.scheduled.run.scores == one.scores
    return figures


def small_course(folder: Path) -> Course:
    """The course, without its lesson's plot: a plot's package takes a second to import."""
    return load_course(write_course(folder, NO_PLOTS))


def hand_in(folder: Path, course: Course, submissions: int) -> None:
    """Write a class's submissions."""
    answers = workspace_files(course, edition_of(course, course.languages[0], answers=True))
    for number in range(submissions):
        module = changed(answers[MODULE], number) + f"\n# {number}\n".encode()
        for path, data in (answers | {MODULE: module}).items():
            file = folder / f"student-{number:05}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def changed(answer: bytes, number: int) -> bytes:
    """What one student made of the answer: nothing, a mistake, an attack, or something that can't be loaded."""
    turn, kind = divmod(number, 4)
    attack = attacks.source(list(attacks.REFUSED)[turn % len(attacks.REFUSED)])
    return (
        answer,
        answer.replace(*WRONG[turn % len(WRONG)]),
        answer + f"\n{NAMES}{attack}\n".encode(),
        BROKEN[turn % len(BROKEN)],
    )[kind]


def grade(folder: Path, submissions: str, out: str, *options: str) -> Run:
    """Grade once."""
    peak = folder / "peak"
    target = folder / out
    arguments = ("grade", str(folder / submissions), "--out", str(target), "--course", str(folder / "course"))
    spent = cost([*COMMAND, peak, *arguments, *options], REPOSITORY)
    grader, worker = map(int, peak.read_text(encoding="ascii").split())
    return Run(spent, grader, worker, (target / "scores.csv").read_bytes())


def scheduled(folder: Path, submissions: int) -> Scheduled:
    """Grade by four workers, and kill one when half of the class is done."""
    with ExitStack() as stack:
        cluster = Cluster(folder, stack)
        nannies = [cluster.add_worker() for _ in range(WORKERS)]
        results = folder / "scheduled" / "results"
        over = threading.Event()
        killer = threading.Thread(target=kill_at, args=(results, submissions // 2, nannies[0].pid, over))
        killer.start()
        stack.callback(killer.join)
        stack.callback(over.set)
        before_s = used_s(cluster.scheduler.pid)
        run = grade(folder, "all", "scheduled", "--scheduler", cluster.address)
        return Scheduled(run, used_s(cluster.scheduler.pid) - before_s)


def kill_at(results: Path, count: int, nanny: int, over: threading.Event) -> None:
    """Kill a nanny's worker when so many results are there."""
    while not results.is_dir() or sum(1 for _ in results.iterdir()) < count:
        if over.wait(0.02):
            return
    for worker in children(nanny):
        os.kill(worker, signal.SIGKILL)


def used_s(pid: int) -> float:
    """The CPU seconds of one process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def print_figures(it: Figures) -> None:
    """Print what was measured, and from it what a hundred thousand take."""
    count, few = it.submissions, max(1, it.submissions // 10)
    print(f"{count} submissions; CPU counted by {clock_name()}")
    print(f"a submission: {1000 * it.one.cost.cpu_s / count:.0f} ms of CPU, {1000 * it.one.cost.wall_s / count:.0f} ms")
    print(f"two jobs: {it.one.cost.wall_s / it.two.cost.wall_s:.2f} times as fast as one")
    for name, ratio in (
        ("grader", it.one.grader_bytes / it.few.grader_bytes),
        ("worker", it.one.worker_bytes / it.few.worker_bytes),
    ):
        print(f"peak memory of the {name}: {ratio:.2f} times that of {few} submissions")
    print(f"the grader: {it.one.grader_bytes >> 20} MiB; a worker: {it.one.worker_bytes >> 20} MiB")
    print(f"nothing changed: {it.again.cost.cpu_s / it.one.cost.cpu_s:.1%} of the CPU (aim: {UNCHANGED_AIM:.0%})")
    shared_s = (it.scheduled.run.cost.cpu_s + it.scheduled.scheduler_s) / count
    print(
        f"scheduler, one of {WORKERS} workers killed: same scores; {1000 * it.scheduled.scheduler_s / count:.1f} ms of"
    )
    print(f"  CPU a submission, and {1000 * it.scheduled.run.cost.cpu_s / count:.1f} ms in the grader that asks it")
    cores, alone_s = os.cpu_count() or 1, it.one.cost.cpu_s / count
    for machines in MACHINES:
        hours = MANY * max(alone_s / (machines * cores), shared_s) / 3600
        print(f"on paper, {MANY} submissions on {machines} machines of {cores} cores: {hours:.1f} h")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
