"""`autograder demo`: see the whole way of a submission, from a workspace to a report."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.grade import JobsOption
from autograder.cli.options import CourseOption, open_course


def demo(
    out: Annotated[Path, typer.Option(help="The demo's folder; an earlier demo in it is replaced.")] = Path("demo"),
    jobs: JobsOption = None,
    course: CourseOption = None,
) -> None:
    """Build a workspace, make submissions right and wrong, grade them, and show what came out."""
    from autograder.cli.class_run import run_class, show_table, usable_level
    from autograder.cli.workforce import local
    from autograder.grading.demo import clear, read_demo, write_demo
    from autograder.grading.places import INDEX, require_writable
    from autograder.grading.planning import make_plan
    from autograder.grading.sources.discovery import discover

    opened = open_course(course)
    wanted = read_demo(opened)
    clear(out)
    workers = local(jobs, opened.installed)
    # The demo's submissions are ours: they may run even where a stranger's could not be isolated.
    plan = make_plan(opened, usable_level(workers.machine, allow_unsandboxed=True))
    submissions = discover(write_demo(plan, wanted, out)).submissions
    report = out / "report"
    require_writable(report)
    executor = workers.executor(plan, len(submissions))
    show_table(run_class(submissions, plan, report, executor), opened)
    typer.echo(f"workspace: {out / 'workspace'}\nsubmissions: {out / 'submissions'}\nreport: {report / INDEX}")
