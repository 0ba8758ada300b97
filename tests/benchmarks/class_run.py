"""What a class costs: `python -m tests.benchmarks.class_run [SUBMISSIONS] [--small]`, 1000 without a number.

They are submissions to this course or, so that a thousand of them end within minutes, to a small one of three checks;
answers, mutants, hostile and broken ones in equal parts, and no two alike. They are graded with one job and with two,
a tenth of them alone, all of them again with nothing changed, and by a scheduler with four workers of which one is
killed in the middle. All must give the same scores. Speeds are ratios of one run.
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

from tests.benchmarks import handed_in
from tests.benchmarks.measure import Cost, clock_name, cost
from tests.clusters import Cluster, children

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.handed_in import Pattern

REPOSITORY = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.peak"]
SMALL = "--small"
WORKERS, MANY, MACHINES = 4, 100_000, (1, 10, 100)
UNCHANGED_AIM = 0.02


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


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    numbers = [int(each) for each in arguments if each != SMALL]
    with tempfile.TemporaryDirectory() as name:
        pattern = handed_in.small(Path(name)) if SMALL in arguments else handed_in.real(REPOSITORY / "course")
        print_figures(measured(Path(name), pattern, *numbers))


def measured(folder: Path, pattern: Pattern, submissions: int = 1000) -> Figures:
    """Grade a class in each way."""
    handed_in.hand_in(folder / "all", pattern, submissions)
    handed_in.hand_in(folder / "few", pattern, max(1, submissions // 10))
    course = pattern.course.root
    one = grade(folder, "all", "one", course, "--jobs", "1")
    figures = Figures(
        submissions,
        few=grade(folder, "few", "some", course, "--jobs", "1"),
        one=one,
        again=grade(folder, "all", "one", course, "--jobs", "1"),
        two=grade(folder, "all", "two", course, "--jobs", "2"),
        scheduled=scheduled(folder, course, submissions),
    )
    assert figures.again.scores == figures.two.scores == figures.scheduled.run.scores == one.scores
    return figures


def grade(folder: Path, submissions: str, out: str, course: Path, *options: str) -> Run:
    """Grade once."""
    peak = folder / "peak"
    target = folder / out
    arguments = ("grade", str(folder / submissions), "--out", str(target), "--course", str(course))
    spent = cost([*COMMAND, peak, *arguments, *options], REPOSITORY)
    grader, worker = map(int, peak.read_text(encoding="ascii").split())
    return Run(spent, grader, worker, (target / "scores.csv").read_bytes())


def scheduled(folder: Path, course: Path, submissions: int) -> Scheduled:
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
        run = grade(folder, "all", "scheduled", course, "--scheduler", cluster.address)
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
    main(sys.argv[1:])
