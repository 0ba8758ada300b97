"""`autograder grade`: grade a class."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.gradescope import UnsandboxedOption
from autograder.cli.options import CourseOption, KernelOption, open_course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.gradebook.store import Gradebook
    from autograder.grading.plan import Plan
    from autograder.grading.sources.source import Discovery
    from autograder.grading.stores import Place
    from autograder.report.roll import Row

_MOST_NAMED = 20  # students, in a line at the end

SubmissionsArgument = Annotated[
    str,
    typer.Argument(
        help="A folder with one folder or zip for each student, or a download from Canvas, Moodle or Gradescope; or the"
        " URL of such a folder, such as s3://bucket/class."
    ),
]
OutOption = Annotated[str, typer.Option(help="The folder for the gradebook and the reports, or its URL.")]
GradebookOption = Annotated[
    str | None, typer.Option(metavar="URL", help="Of the gradebook's database; without it, a file in the folder.")
]
RosterOption = Annotated[
    Path | None,
    typer.Option(
        help="A CSV with a row for each student: the name to use first, then other names of the same student; or"
        " Moodle's grading worksheet, which says who is late as well."
    ),
]
JobsOption = Annotated[
    int | None, typer.Option(min=1, help="How many submissions are graded at once; without it, one for each CPU.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Of a dask scheduler, such as tcp://10.0.0.1:8786: its workers grade, which see the same folders as you.",
    ),
]
SeedOption = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=2**63 - 1,
        help="Of the hidden checks' numbers; without it, the gradebook's, or made from the solutions where it is new.",
    ),
]
LangOption = Annotated[
    str | None, typer.Option(help="The language of your own pages: en or zh; students get theirs in their workspace's.")
]


def grade(  # noqa: PLR0913 - the command's options
    submissions: SubmissionsArgument,
    out: OutOption,
    roster: RosterOption = None,
    jobs: JobsOption = None,
    course: CourseOption = None,
    seed: SeedOption = None,
    *,
    lang: LangOption = None,
    gradebook: GradebookOption = None,
    scheduler: SchedulerOption = None,
    kernel: KernelOption = None,
    allow_unsandboxed: UnsandboxedOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON instead of a table.")] = False,
) -> None:
    """Grade a class: write the gradebook, the scores, the instructor's pages and the students' feedback."""
    from autograder.cli.class_run import run_class, usable_level
    from autograder.cli.workforce import workforce
    from autograder.gradebook.store import Gradebook
    from autograder.grading.origin import Origin, remember, require_course
    from autograder.grading.places import INTAKE, require_writable, write
    from autograder.grading.planning import make_plan
    from autograder.grading.run import gradebook_of, require_apart
    from autograder.grading.sources.discovery import unpacked
    from autograder.grading.sources.listing import intake_csv
    from autograder.grading.stores import place
    from autograder.sandbox.memory import require_memory
    from autograder.sandbox.packages import require_installed

    opened = open_course(course, kernel)
    require_installed(opened.kernel.packages)
    if scheduler is None:
        require_memory(opened.limits)
    source, target = place(submissions), place(out)
    require_apart(source, target)
    require_course(target, opened)
    url = gradebook or gradebook_of(target)
    with unpacked(source) as folder:
        discovery = discovered(folder, roster)
        require_writable(target)
        with workforce(jobs, scheduler, opened.installed) as workers:
            level = usable_level(workers.machine, allow_unsandboxed=allow_unsandboxed)
            with Gradebook(url) as book:
                known = _known_seed(book, target)
                plan = make_plan(opened, level, known if seed is None else seed, lang, workers.facts.software)
                origin = Origin(
                    submissions=submissions,
                    course=opened.id,
                    roster=str(roster) if roster else None,
                    lang=lang,
                    kernel=kernel,
                    gradebook=gradebook,
                )
                remember(target, origin)
                write(target / INTAKE, intake_csv(discovery))
                executor = workers.executor(plan, len(discovery.submissions))
                rows = run_class(discovery.submissions, plan, target, executor, book)
                tell_idle_marks(book, plan)
    if as_json:
        _print_results(target, rows)
    else:
        _show(target, rows, plan)


def _known_seed(book: "Gradebook", run: "Place") -> int | None:
    """The gradebook's seed; None where it is empty, and so is the folder of the run."""
    from autograder.grading.finished import require_no_results

    known = book.seed()
    if known is None and isinstance(run, Path):
        require_no_results(run)
    return known


def _show(run: "Place", rows: "Sequence[Row]", plan: "Plan") -> None:
    """The table, and what to know of it."""
    from autograder.cli.class_run import show_table
    from autograder.grading.places import INDEX

    show_table(rows, plan.course)
    for line in (*_remarks(rows), *_earlier(run, rows)):
        typer.echo(line)
    typer.echo(f"isolation level {plan.level}; report: {run / INDEX}")


def _print_results(run: "Place", rows: "Sequence[Row]") -> None:
    """One array of the results as they were written, each read when its turn comes."""
    from autograder.grading.places import result

    for place, row in enumerate(rows):
        typer.echo(("," if place else "[") + (run / result(row.student)).read_bytes().decode(), nl=False)
    typer.echo("]" if rows else "[]")


def _remarks(rows: "Sequence[Row]") -> "Iterator[str]":
    """Whom the instructor should look at before trusting the table, and what to do."""
    if broken := [row.student for row in rows if row.problems]:
        yield f"problems with what was handed in: {_named(broken)}; their pages and feedback say what to do"
    if ungraded := [row.student for row in rows if row.score is None]:
        yield f"not fully graded, through no fault of the students: {_named(ungraded)}; grade again"
    if earlier := [row.student for row in rows if row.is_earlier]:
        yield f"newest attempt not graded, so that the one before it counts: {_named(earlier)}; grade again"


def _earlier(run: "Place", rows: "Sequence[Row]") -> "Iterator[str]":
    """The results that lie in the folder since a run before, and would go into a learning platform with these."""
    from autograder.grading.finished import earlier_files

    if isinstance(run, Path) and (files := earlier_files(run, [row.student for row in rows])):
        names = _named([file.name for file in files])
        yield (
            f"of earlier runs, and of nobody who handed in now: {names}; `autograder export` and `serve` still count"
            f" them: move out of {files[0].parent} those of students who left or have another name now"
        )


def tell_idle_marks(book: "Gradebook", plan: "Plan") -> None:
    """Say on stderr which marks by hand count no more, since the course has changed: nothing else would show it."""
    from autograder.grading.counting import idle_marks

    if idle := idle_marks(book.marks(), plan):
        named = _named([f"{mark.student} ({mark.target})" for mark in idle])
        typer.echo(
            f"autograder: marks by hand on what the course no longer has, which count no more: {named}; give them anew"
            " with `autograder serve`, or give the check its old name back",
            err=True,
        )


def _named(students: "Sequence[str]") -> str:
    more = len(students) - _MOST_NAMED
    return ", ".join(students[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def discovered(folder: "Place", roster: Path | None) -> "Discovery":
    """What was handed in, by the roster's names if there is one; what is odd about it is told on stderr."""
    from autograder.grading.sources.discovery import discover
    from autograder.grading.sources.roster import enrol, read_roster

    found = discover(folder)
    discovery = enrol(found, read_roster(roster)) if roster else found
    for notice in discovery.notices:
        typer.echo(f"autograder: {notice}", err=True)
    return discovery
