"""`autograder regrade`: grade a class again under today's course, and see who gains or loses by it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.grade import JobsOption, SchedulerOption, discovered, tell_idle_marks
from autograder.cli.gradescope import UnsandboxedOption
from autograder.cli.options import CourseOption, KnownGradebookOption, open_course

if TYPE_CHECKING:
    from autograder.gradebook.store import Gradebook
    from autograder.grading.intake import Found
    from autograder.grading.sources.source import Discovery


def regrade(  # noqa: PLR0913 - the command's options
    run: Annotated[Path, typer.Argument(help="The folder that `autograder grade` wrote with --out.")],
    submissions: Annotated[
        str | None, typer.Option(help="Where the submissions lie; without it, where they lay when they were graded.")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="The roster; without it, the one that the run was graded with.")
    ] = None,
    jobs: JobsOption = None,
    course: CourseOption = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    gradebook: KnownGradebookOption = None,
    scheduler: SchedulerOption = None,
    allow_unsandboxed: UnsandboxedOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON instead of a table.")] = False,
) -> None:
    """Grade again, under today's course, what the gradebook holds; show who gains or loses what, and why."""
    from autograder.cli.changes import show_changes
    from autograder.cli.class_run import progress_bar, usable_level, who
    from autograder.cli.workforce import workforce
    from autograder.gradebook.store import Gradebook
    from autograder.grading.origin import gradebook_in, origin_of, require_course
    from autograder.grading.planning import make_plan
    from autograder.grading.regrading import regrade as graded_again
    from autograder.grading.run import Run
    from autograder.grading.sources.discovery import unpacked
    from autograder.grading.stores import place
    from autograder.sandbox.memory import require_memory
    from autograder.sandbox.packages import require_installed

    origin = origin_of(run, submissions)
    opened = open_course(course, origin.kernel)
    require_course(run, opened)
    require_installed(opened.kernel.packages)
    if scheduler is None:
        require_memory(opened.limits)
    with (
        Gradebook(gradebook or gradebook_in(run)) as book,
        unpacked(place(origin.submissions)) as folder,
        workforce(jobs, scheduler, opened.installed) as workers,
    ):
        known = _graded(discovered(folder, roster or (Path(origin.roster) if origin.roster else None)), book)
        level = usable_level(workers.machine, allow_unsandboxed=allow_unsandboxed)
        plan = make_plan(opened, level, book.seed(), origin.lang, workers.facts.software)
        tell_idle_marks(book, plan)
        with progress_bar(len(known)) as progress:
            under_way = Run(book, plan, run, progress, who())
            executor = workers.executor(plan, len(known))
            changes = tuple(graded_again(known, under_way, executor, is_rehearsal=dry_run))
    show_changes(changes, as_json=as_json, is_rehearsal=dry_run)


def _graded(discovery: "Discovery", book: "Gradebook") -> "list[Found]":
    """The submissions of those whom the gradebook knows; the others are told on stderr."""
    students = book.last_graded()
    known = [found for found in discovery.submissions if found.student in students]
    if others := len(discovery.submissions) - len(known):
        typer.echo(f"autograder: {others} submissions were never graded: `autograder grade` does that", err=True)
    if gone := students.keys() - {found.student for found in known}:
        typer.echo(f"autograder: no submission is there any more of {', '.join(sorted(gone)[:20])}", err=True)
    return known
