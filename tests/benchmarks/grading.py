"""What grading costs, beside nbgrader and Otter-Grader: `python -m tests.benchmarks.grading [SUBMISSIONS]`.

All grade the same assignment, a notebook of 20 cells with 60 checks (`assignment.py`), and must give the same scores.
Ours is `autograder grade --jobs 1`, whole and by what one submission more costs: the difference to a class of a quarter
of it, by the medians of some rounds, since the command's start varies by as much as ten submissions cost. The floor is
the same work in one warm process without isolation; its checks and cells alone are told as well. Ratios are of CPU
seconds, all of one run.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import nbformat

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.intake import Found
from autograder.grading.planning import make_plan
from autograder.model.ids import StudentId
from autograder.model.result import Result
from autograder.sandbox.machine import probe
from tests.benchmarks import assignment, peers
from tests.benchmarks.floor import Floor, floor_of
from tests.benchmarks.measure import Cost, clock_name, cost, median_of
from tests.benchmarks.where import milliseconds_by_step

if TYPE_CHECKING:
    from autograder.model.course import Course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
REPOSITORY = Path(__file__).parents[2]
ROUNDS, NBGRADER_BATCH, OTTER_RUNS, WATCHED = 5, 10, 5, 20
OTTER_AIM, NBGRADER_AIM, FLOOR_AIM = 40, 20, 3


class Ours(NamedTuple):
    """What our grader costs."""

    whole: Cost  # a class of so many, from the command's start to its end
    more: Cost  # one submission more
    scores: list[float]


def main(submissions: int) -> None:
    """Print the costs, their ratios, and where ours go."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = load_course(assignment.write_course(folder / "ours"))
        ours = our_costs(folder / "ours", course, submissions)
        floor, steps = floor_and_steps(folder / "ours", course)
        folders = [folder / peer for peer in ("otter", "nbgrader")]
        for each in folders:
            each.mkdir()
        otter, otter_scores = peers.otter_runs(folders[0], OTTER_RUNS)
        nbgrader, nbgrader_scores = peers.nbgrader_batch(folders[1], NBGRADER_BATCH)
    for scores in (ours.scores, otter_scores, nbgrader_scores):
        right = [float(assignment.POINTS)] * (len(scores) - 1)
        assert scores == [assignment.POINTS - assignment.LOST, *right], scores
    theirs = {"otter run": otter.per(OTTER_RUNS), f"nbgrader, {NBGRADER_BATCH} at once": nbgrader.per(NBGRADER_BATCH)}
    print_costs(submissions, ours, theirs, floor)
    print_steps(steps)


def our_costs(folder: Path, course: Course, submissions: int) -> Ours:
    """The command's cost for a class, and the difference to a class of a quarter of it."""
    few = submissions // 4
    classes = {count: hand_in(folder / f"{count}-submissions", course, count) for count in (few, submissions)}
    spent: dict[int, list[Cost]] = {few: [], submissions: []}
    for number, (count, handed_in) in product(range(ROUNDS), classes.items()):
        out = folder / f"{count}-out-{number}"
        command = [*COMMAND, "grade", str(handed_in), "--out", str(out), "--jobs", "1", "--course", str(course.root)]
        spent[count].append(cost(command, REPOSITORY))
    results = [msgspec.json.decode(file.read_bytes(), type=Result) for file in sorted(out.glob("results/*.json"))]
    assert {result.level for result in results} == {probe().level}
    whole = median_of(spent[submissions])
    return Ours(whole, whole.minus(median_of(spent[few])).per(submissions - few), [each.score for each in results])


def hand_in(folder: Path, course: Course, submissions: int) -> Path:
    """Write a class's submissions, the first one faulty; the folder that holds them."""
    workspace = workspace_files(course, edition_of(course, course.languages[0]))
    for number in range(submissions):
        notebook = nbformat.writes(assignment.our_notebook(is_right=number > 0)).encode()
        for path, data in (workspace | {"lessons/01_steps.ipynb": notebook}).items():
            file = folder / f"student-{number:03}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return folder


def floor_and_steps(folder: Path, course: Course) -> tuple[Floor, dict[str, tuple[float, float]]]:
    """The floor, and where a right submission's milliseconds go."""
    plan = make_plan(course, probe().level)
    handed_in = hand_in(folder / "watched", course, WATCHED + 1)
    shutil.rmtree(handed_in / "student-000")  # the faulty one
    floor = floor_of(course.root, handed_in, folder / "floor-out")
    right = tuple(Found(StudentId(each.name), each) for each in sorted(handed_in.iterdir()))
    return floor, milliseconds_by_step(right, plan, folder / "watched-out")


def print_costs(submissions: int, ours: Ours, theirs: dict[str, Cost], floor: Floor) -> None:
    """Print a line for each grader, and the three aims."""
    whole = ours.whole.per(submissions)
    more_s = ours.more.cpu_s
    print(f"isolation level: {probe().level}; CPU counted by {clock_name()}")
    print("peers: " + ", ".join(f"{name} {version}" for name, version in peers.VERSIONS.items()))
    print(f"\n{'one submission':34}{'CPU ms':>9}{'wall ms':>9}{'x ours':>9}")
    costs = theirs | {f"ours, {submissions} at once": whole, "ours, one more": ours.more}
    for name, spent in costs.items():
        print(f"{name:34}{1000 * spent.cpu_s:9.1f}{1000 * spent.wall_s:9.1f}{spent.cpu_s / more_s:9.1f}")
    for name, spent_s in (("floor: the same, no isolation", floor.same_work_s), ("its checks and cells", floor.bare_s)):
        print(f"{name:34}{1000 * spent_s:9.1f}{'':9}{spent_s / more_s:9.2f}")
    otter, nbgrader = (spent.cpu_s / more_s for spent in theirs.values())
    print(f"\nless CPU than `otter run`: {otter:.1f} times (aim: {OTTER_AIM})")
    print(f"less CPU than nbgrader's batch: {nbgrader:.1f} times (aim: {NBGRADER_AIM})")
    print(f"times the floor: {more_s / floor.same_work_s:.2f} (aim: at most {FLOOR_AIM})")
    print(f"times its checks and cells alone: {more_s / floor.bare_s:.2f}")


def print_steps(steps: dict[str, tuple[float, float]]) -> None:
    """Print where one submission's CPU milliseconds go."""
    print(f"\n{'where they go, CPU ms':34}{'grader':>9}{'sandbox':>9}{'both':>9}")
    for label, (grader, sandbox) in steps.items():
        print(f"{label:34}{grader:9.2f}{sandbox:9.2f}{grader + sandbox:9.2f}")
    grader, sandbox = (sum(spent) for spent in zip(*steps.values(), strict=True))
    print(f"{'all':34}{grader:9.2f}{sandbox:9.2f}{grader + sandbox:9.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
