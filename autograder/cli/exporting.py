"""What the formats of `autograder export` share: reading the run, filling tables, writing what comes out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import typer

from autograder.grading.finished import each_result, of_student
from autograder.grading.places import file_name
from autograder.grading.sources.roster import read_roster
from autograder.model.errors import UsageError
from autograder.model.result import Result
from autograder.model.sheet import Sheet, read_sheet
from autograder.report.exports.filling import Column, fill
from autograder.report.points import ungraded_units
from autograder.student.files import write_parts, write_whole


def give(data: bytes, into: Path | None) -> None:
    """Write to a file, or to the terminal."""
    give_parts((data,), into)


def give_parts(parts: Iterable[bytes], into: Path | None) -> None:
    """Write to a file, or to the terminal, what need not be in memory at one time."""
    if into is None:
        sys.stdout.buffer.writelines(parts)
        sys.stdout.flush()
    else:
        write_parts(into, parts)
        typer.echo(f"{into}: written")


def give_each(
    run: Path,
    student: str | None,
    into: Path | None,
    ending: str,
    format_: Callable[[Result], bytes],
    *,
    is_whole: bool = False,
) -> None:
    """One student's file; or a file for each student in a folder. `is_whole` leaves out who isn't fully graded.

    Raises:
        UsageError: neither a student nor a folder is named.
    """
    results = _whole(each_result(run)) if is_whole else each_result(run)
    if student is not None:
        give(format_(of_student(results, student)), into)
        return
    if into is None:
        raise UsageError("name a student with --student, or a folder for the files of all with --into")
    count = 0
    for count, result in enumerate(results, 1):  # noqa: B007 - counts them
        write_whole(into / f"{file_name(result.student)}{ending}", format_(result))
    typer.echo(f"{into}: {count} files written")


def _whole(results: Iterable[Result]) -> Iterator[Result]:
    """The results that are fully graded; the others are named on stderr."""
    for result in results:
        if ungraded_units(result):
            typer.echo(f"autograder: {result.student}: not fully graded yet, no file is written", err=True)
        else:
            yield result


def give_filled(
    sheet: Path, find: Callable[[Sheet, str], Column], run: Path, roster: Path | None, into: Path | None, *, scale: bool
) -> None:
    """The table with the run's grades in the column that `find` finds; what is odd is told on stderr.

    Raises:
        UsageError: the table can't be read.
    """
    try:
        table = read_sheet(sheet.read_bytes(), str(sheet))
    except OSError as error:
        raise UsageError(f"{sheet}: can't be read ({error.strerror}); name the table as it was downloaded") from error
    names = read_roster(roster).names if roster else None
    filled = fill(table, find(table, str(sheet)), each_result(run), is_scaled=scale, names=names)
    for notice in filled.notices:
        typer.echo(f"autograder: {notice}", err=True)
    give(filled.data, into)
