"""`autograder update`: the workspace of a newer course, with the student's work in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.workspace import Home
    from autograder.student.updating import Change

SAME = sentence("Nothing in {path} is newer; nothing was done.")
TAKEN = sentence("Newer now, and you had not changed them: {files}")
DROPPED = sentence("Removed, since the newer course has them no more, and you had not changed them: {files}")
MERGED = sentence("{file}: your work and what is new are both in it; yours of before is {kept}")
LEFT = sentence("{file}: yours stays as it is, since the two can't be merged; the course's newer one is {newer}")
KEPT = sentence("{file}: yours stays, though the newer course has it no more")
WORDS = {"merged": MERGED, "left": LEFT, "kept": KEPT}  # for each `Kind` of which every file is told alone
CLASH = sentence("! {place}: you and the course changed the same lines. Yours stay; the course has there now:")
CLASH_OUT = sentence("! {place}: you changed lines that the course took out. Yours stay.")
CELL = sentence("{file}, cell {cell}, line {line}")
DECIDE = sentence("Keep what is yours, or type the course's lines in their place; all of its text is in {newer}.")
DONE = sentence(
    "The workspace is up to date: {count} files changed. `autograder check` shows where you stand; `python3 start.py` "
    "installs the newer autograder."
)


def update(
    newer: Annotated[Path, typer.Argument(metavar="NEWER", help="The newer workspace, a folder or a zip.")],
) -> None:
    """Take over a newer version of the course; your work stays, and a copy of each file as it was."""
    from autograder.cli.desk import workspace
    from autograder.cli.terminal import say
    from autograder.student.updating import Kind
    from autograder.student.updating import update as bring_up

    root, home = workspace(Path.cwd())
    changes = bring_up(root, home, newer)
    if not changes:
        say(translate(SAME, home.language, {"path": str(newer)}))
        return
    for kind, message in ((Kind.TAKEN, TAKEN), (Kind.DROPPED, DROPPED)):
        files = ", ".join(change.path for change in changes if change.kind is kind)
        if files:
            say(translate(message, home.language, {"files": files}))
    for change in changes:
        if change.kind in WORDS:
            _tell(home, change, WORDS[change.kind])
    say()
    say(translate(DONE, home.language, {"count": str(len(changes))}), is_bold=True)


def _tell(home: "Home", change: "Change", message: str) -> None:
    """What became of a file that the student had changed, and how to decide where it clashed."""
    from autograder.cli.terminal import say
    from autograder.student.standing import Standing

    values = {"file": change.path, "kept": change.kept or "", "newer": change.newer or ""}
    say(translate(message, home.language, values), Standing.WAITING if change.newer else None)
    for found in change.clashes:
        place = {"file": change.path, "cell": found.cell, "line": str(found.clash.line)}
        where = translate(CELL, home.language, place) if found.cell else f"{change.path}:{found.clash.line}"
        say(f"  {translate(CLASH if found.clash.newer else CLASH_OUT, home.language, {'place': where})}")
        for line in found.clash.newer:
            say(f"    | {line}")
    if change.clashes:
        say(f"  {translate(DECIDE, home.language, values)}")
