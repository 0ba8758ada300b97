"""`autograder gradescope`: grade the one submission that Gradescope has put on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, open_course
from autograder.model.shown import Shown

HiddenOption = Annotated[
    Shown,
    typer.Option("--hidden-checks", help="When students see titles, outcomes and points of hidden checks."),
]
UnsandboxedOption = Annotated[
    bool, typer.Option("--allow-unsandboxed", help="Grade even where student code can't be isolated.")
]


def gradescope(
    base: Annotated[Path, typer.Argument(help="The folder that holds submission/ and results/.")] = Path("/autograder"),
    course: CourseOption = None,
    hidden: HiddenOption = Shown.AFTER_PUBLISHED,
    *,
    allow_unsandboxed: UnsandboxedOption = False,
) -> None:
    """Grade one submission as Gradescope wants it: the zip that `autograder export gradescope` makes calls this."""
    from autograder.cli.class_run import usable_level
    from autograder.grading.executors.local import LocalWorkers
    from autograder.grading.gradescope import RESULTS, grade_for_gradescope
    from autograder.grading.places import write
    from autograder.grading.planning import make_plan
    from autograder.report.points import number
    from autograder.sandbox.machine import probe
    from autograder.sandbox.memory import require_memory
    from autograder.sandbox.packages import require_installed

    opened = open_course(course)
    require_installed(opened.kernel.packages)
    require_memory(opened.limits)
    level = usable_level(probe(), allow_unsandboxed=allow_unsandboxed)
    plan = make_plan(opened, level)
    result, content = grade_for_gradescope(base, plan, LocalWorkers(plan, 1), hidden)
    write(base / RESULTS, content)
    points = f"{number(result.score)} of {number(result.max_score)} points"
    typer.echo(f"{base / RESULTS}: {points}, isolation level {plan.level}")
