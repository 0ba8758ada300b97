"""`autograder export`: a finished run in the formats of others; one command a format."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.gradescope import HiddenOption, UnsandboxedOption
from autograder.cli.options import CourseOption, open_course
from autograder.cli.panels import Panels
from autograder.model.shown import Shown

RunOption = Annotated[Path, typer.Option("--from", help="The folder that `autograder grade` wrote with --out.")]
IntoOption = Annotated[Path | None, typer.Option("--into", help="The file to write; without it, to the terminal.")]
EachOption = Annotated[
    Path | None,
    typer.Option("--into", help="The file to write; without --student, the folder for all students' files."),
]
StudentOption = Annotated[str | None, typer.Option(help="One student alone.")]
SheetArgument = Annotated[Path, typer.Argument(help="The table as it was downloaded; it is left as it is.")]
ScaleOption = Annotated[
    bool,
    typer.Option("--scale", help="Write the same share of the table's highest grade as was earned of the course's."),
]
RosterOption = Annotated[
    Path | None, typer.Option(help="A CSV with other names of the students, by which the table may know them.")
]

export = typer.Typer(
    help="Write results as Gradescope, Canvas, Moodle and others read them.",
    cls=Panels,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@export.command()
def csv(run: RunOption, into: IntoOption = None) -> None:
    """The class as a table: a line for each student, a column for each unit."""
    from autograder.cli.exporting import give
    from autograder.grading.finished import each_result
    from autograder.report.exports.scores import scores_csv, units_of
    from autograder.report.roll import row

    rows = sorted(map(row, each_result(run)), key=lambda row: row.student)
    give(scores_csv(rows, units_of(rows)).encode(), into)


@export.command()
def json(run: RunOption, into: IntoOption = None) -> None:
    """All that is known of each result, as one array: for the instructor, not for students."""
    from autograder.cli.exporting import give_parts
    from autograder.grading.finished import results_by_name
    from autograder.report.exports.records import results_json

    give_parts(results_json(results_by_name(run)), into)


@export.command()
def junit(run: RunOption, student: StudentOption = None, into: EachOption = None) -> None:
    """JUnit XML as pytest writes it, a file for each student."""
    from autograder.cli.exporting import give_each
    from autograder.report.exports.junit import junit_xml

    give_each(run, student, into, ".xml", junit_xml)


@export.command()
def github_classroom(run: RunOption, student: StudentOption = None, into: EachOption = None) -> None:
    """What GitHub Classroom's reporter reads from <STEP>_RESULTS, a file for each student."""
    from autograder.cli.exporting import give_each
    from autograder.report.exports import github_classroom

    give_each(run, student, into, ".txt", lambda result: github_classroom.github_classroom(result).encode())


@export.command()
def canvas(
    sheet: SheetArgument,
    run: RunOption,
    into: IntoOption = None,
    assignment: Annotated[str | None, typer.Option(help="Its title or number, where the table has several.")] = None,
    roster: RosterOption = None,
    *,
    scale: ScaleOption = False,
) -> None:
    """Canvas' exported gradebook with an assignment's column filled, to be imported again."""
    from autograder.cli.exporting import give_filled
    from autograder.report.exports.canvas import canvas_column

    give_filled(sheet, lambda table, name: canvas_column(table, name, assignment), run, roster, into, scale=scale)


@export.command()
def moodle(  # noqa: PLR0913 - the command's options
    sheet: SheetArgument,
    run: RunOption,
    into: IntoOption = None,
    column: Annotated[str | None, typer.Option(help="The heading of the grades, where it can't be told.")] = None,
    comments: Annotated[
        str | None, typer.Option(help="The heading of the feedback comments, where it is not English.")
    ] = None,
    roster: RosterOption = None,
    *,
    scale: ScaleOption = False,
) -> None:
    """Moodle's offline grading worksheet with the grades filled in, to be uploaded again."""
    from autograder.cli.exporting import give_filled
    from autograder.report.exports.moodle import moodle_column

    give_filled(sheet, lambda table, name: moodle_column(table, name, column, comments), run, roster, into, scale=scale)


@export.command()
def gradescope(
    run: Annotated[
        Path | None,
        typer.Option("--from", help="The folder that `autograder grade` wrote; without it, the autograder itself."),
    ] = None,
    student: StudentOption = None,
    into: EachOption = None,
    course: CourseOption = None,
    hidden: HiddenOption = Shown.AFTER_PUBLISHED,
    *,
    allow_unsandboxed: UnsandboxedOption = False,
) -> None:
    """Gradescope's results.json for each student; without --from, the zip that grades on Gradescope's machines."""
    from autograder.cli.exporting import give, give_each

    if run is not None:
        from autograder.report.exports.gradescope import gradescope_json

        give_each(run, student, into, ".json", lambda result: gradescope_json(result, hidden), is_whole=True)
        return
    from autograder.build.bundle import autograder_zip

    options = [f"--hidden-checks={hidden}", *(["--allow-unsandboxed"] if allow_unsandboxed else [])]
    give(autograder_zip(open_course(course), options), into or Path("autograder.zip"))


@export.command()
def container(
    into: Annotated[Path, typer.Option("--into", help="The folder to write: new, or empty.")] = Path("container"),
    course: CourseOption = None,
) -> None:
    """A Dockerfile with all that grading needs, for macOS, Windows and others that can't isolate student code."""
    from autograder.build.container import container_command, write_container

    write_container(open_course(course), into)
    typer.echo(f"{into}: written; it holds the solutions. Grade the folder `submissions` into `report` with:")
    typer.echo(container_command(into))
