"""Who gains or loses by grading again, as a table or as JSON."""

from collections.abc import Iterator, Sequence

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.cli.class_run import LONGEST_NAME
from autograder.grading.regrading import Change, Turn
from autograder.model.verdict import Outcome
from autograder.report.points import number

_WIDE = 200  # columns of a table that goes into a file or a pipe
_NONE = "-"


def show_changes(changes: Sequence[Change], *, as_json: bool, is_rehearsal: bool) -> None:
    """Print the changes to stdout, in the order of the students' names."""
    ordered = sorted(changes, key=lambda change: change.student)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(ordered), indent=2).decode())
        return
    if ordered:
        console = Console()
        Console(width=console.width if console.is_terminal else _WIDE).print(_table(ordered))
    typer.echo(_sum(ordered, is_rehearsal=is_rehearsal))


def _table(changes: Sequence[Change]) -> Table:
    table = Table()
    table.add_column("student", no_wrap=True, max_width=LONGEST_NAME)
    for name in ("before", "after", "change"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("why")
    for change in changes:
        before = _NONE if change.before is None else number(change.before)
        why = "\n".join(map(escape, _why(change)))
        table.add_row(escape(change.student), before, number(change.after), _signed(change.points), why)
    return table


def _why(change: Change) -> Iterator[str]:
    if change.has_new_files:
        yield "other files were handed in since"
    if change.is_open:
        yield "could not be graded, through no fault of the student: what was graded before stands; do it again"
    for turn in change.turns:
        yield _turn(turn)
    if change.unexplained:
        yield f"{_signed(change.unexplained)} by the course's policy or by hand"


def _turn(turn: Turn) -> str:
    outcomes = f"{turn.before or 'not there'} → {turn.after or 'not there'}"
    since = "it was: " if turn.after is Outcome.PASSED else ""
    return f"{turn.check} {_signed(turn.points)}: {outcomes}{f' ({since}{turn.why})' if turn.why else ''}"


def _signed(points: float) -> str:
    return f"+{number(points)}" if points > 0 else number(points)


def _sum(changes: Sequence[Change], *, is_rehearsal: bool) -> str:
    gain, lose = sum(change.points > 0 for change in changes), sum(change.points < 0 for change in changes)
    still = sum(change.is_open and not change.points for change in changes)
    rest = len(changes) - gain - lose - still
    told = f"{gain} gain, {lose} lose, {rest} keep their points with another outcome somewhere"
    told += f", {still} could not be graded" if still else ""
    return f"{told}; nothing was written, since this was a rehearsal" if is_rehearsal else told
