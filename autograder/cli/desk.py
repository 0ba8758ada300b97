"""The workspace that a student's verb stands in, opened; and what is wrong with its files."""

from pathlib import Path

from autograder.checks.originals import read_originals
from autograder.cli.terminal import say
from autograder.model.errors import UsageError
from autograder.model.workspace import Home
from autograder.student.faults import faults, told
from autograder.student.standing import Standing
from autograder.student.workspace import find_workspace, open_home


def workspace(here: Path) -> tuple[Path, Home]:
    """The workspace that a folder lies in, and what it knows of its course.

    Raises:
        UsageError: there is none, or it is damaged.
    """
    root = find_workspace(here)
    return root, open_home(root)


def tell_faults(root: Path, home: Home) -> None:
    """Each fault of the workspace's files, before anything of it runs; that its originals are lost is one, too."""
    try:
        found = faults(root, home, read_originals(root))
    except UsageError as error:
        say(f"! {error}\n", Standing.WAITING)
        return
    for finding in found:
        say(f"! {told(finding, home)}", Standing.WAITING)
    if found:
        say()
