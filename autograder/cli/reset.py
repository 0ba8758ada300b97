"""`autograder reset`: a file as it was built."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.model.language import sentence, translate

SAME = sentence("{file} is as you got it; nothing was done.")
RESTORED = sentence("{file} is as you got it again.")
KEPT = sentence("{file} is as you got it again; yours is kept as {kept}.")


def reset(
    file: Annotated[str, typer.Argument(help="A file of the workspace: a module, a notebook, a file of checks.")],
) -> None:
    """Bring a file back as you got it; what you made of it is kept beside it."""
    import msgspec

    from autograder.build.originals import read_originals
    from autograder.cli.terminal import say
    from autograder.model.workspace import COURSE_FILE, Home
    from autograder.student.resetting import reset as bring_back
    from autograder.student.workspace import find_workspace

    root = find_workspace(Path.cwd())
    restored = bring_back(root, Path.cwd(), file)
    home = msgspec.json.decode(read_originals(root)[COURSE_FILE], type=Home)
    message = SAME if restored.is_same else KEPT if restored.kept else RESTORED
    say(translate(message, home.language, {"file": restored.path, "kept": restored.kept or ""}))
