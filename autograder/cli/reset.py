"""`autograder reset`: a file as it was built."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.student.resetting import Restored

SAME = sentence("{file} is as you got it; nothing was done.")
RESTORED = sentence("{file} is as you got it again.")
FOLDER = sentence("{count} missing files of {file} are as you got them again; the others were left as they are.")
KEPT = sentence("{file} is as you got it again; yours is kept as {kept}.")


def reset(
    file: Annotated[str, typer.Argument(help="A file of the workspace; or a folder, to have its missing files back.")],
) -> None:
    """Bring a file back as you got it; what you made of it is kept beside it."""
    from autograder.checks.originals import read_originals
    from autograder.cli.terminal import say
    from autograder.student.resetting import reset as bring_back
    from autograder.student.workspace import find_workspace, language_of

    root = find_workspace(Path.cwd())
    restored = bring_back(root, Path.cwd(), file)
    language = language_of(read_originals(root))
    values = {"file": restored.path, "kept": restored.kept or "", "count": str(restored.count)}
    say(translate(_message(restored), language, values))


def _message(restored: "Restored") -> str:
    if restored.is_same:
        return SAME
    if restored.count is not None:
        return FOLDER
    return KEPT if restored.kept else RESTORED
