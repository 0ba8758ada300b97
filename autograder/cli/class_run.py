"""What grading and the demo share: the isolation to use, the run with its progress bar, the table at its end."""

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.gradebook.store import Gradebook
from autograder.grading.executors.executor import Executor
from autograder.grading.intake import Found
from autograder.grading.places import SCORES
from autograder.grading.plan import Plan
from autograder.grading.run import Progress as Told
from autograder.grading.run import grade_class
from autograder.grading.stores import Place
from autograder.model.course import Course
from autograder.model.errors import MachineError
from autograder.model.ids import StudentId
from autograder.report.points import number
from autograder.report.roll import Row
from autograder.sandbox.level import Level
from autograder.sandbox.machine import Machine

_WIDE = 200  # columns of a table that goes into a file or a pipe
LONGEST_NAME = 50  # columns of a name: what one student calls a zip must not hide the points of all
_MOST_ROWS = 100  # that somebody may still read
_OPEN = "?"  # where something is ungraded


def usable_level(machine: Machine, *, allow_unsandboxed: bool) -> Level:
    """The strongest isolation that this machine has.

    Raises:
        MachineError: it has none, and the caller didn't say that none will do.
    """
    if machine.level is Level.NONE and not allow_unsandboxed:
        raise MachineError(
            f"student code would run at isolation level {machine.level}, at which it can read and change whatever you"
            " can: grade on a machine that has more, or say --allow-unsandboxed if you trust it\n"
            + "\n".join(machine.findings)
        )
    return machine.level


def run_class(
    submissions: Sequence[Found],
    plan: Plan,
    out: Place,
    executor: Executor,
    book: Gradebook | None = None,
) -> tuple[Row, ...]:
    """Grade submissions with a progress bar on stderr; the gradebook lies in the folder unless an open one is given."""
    try:
        with progress_bar(len(submissions)) as progress:
            return grade_class(submissions, plan, out, executor, progress, book=book, by=who())
    except KeyboardInterrupt:
        typer.echo("autograder: interrupted; all that was graded is kept, and the same command does the rest", err=True)
        raise


@contextmanager
def progress_bar(total: int) -> Iterator[Told]:
    """What tells the bar on stderr that another student's submission is done."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)

        def progress(student: StudentId) -> None:
            bar.update(task, advance=1, description=escape(student))

        yield progress


def who() -> str:
    """The name that this machine knows its user by; empty where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def show_table(rows: Sequence[Row], course: Course) -> None:
    """Print a table to stdout: a line for each student, a column for each unit, the total; a large class's start."""
    table = Table()
    table.add_column("student", no_wrap=True, max_width=LONGEST_NAME)
    for name in (*(unit.id for unit in course.units), "total", "max"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows[:_MOST_ROWS]:
        points = (*(row.units.get(unit.id) for unit in course.units), row.score)
        cells = (_OPEN if each is None else number(each) for each in points)
        table.add_row(escape(row.student), *cells, number(row.max_score))
    console = Console()
    Console(width=console.width if console.is_terminal else _WIDE).print(table)
    if len(rows) > _MOST_ROWS:
        console.print(
            f"and {len(rows) - _MOST_ROWS} more: {SCORES} and the report hold all {len(rows)}", highlight=False
        )
