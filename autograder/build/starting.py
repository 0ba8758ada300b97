"""A course to begin with: small, whole, in two languages, about something else than the one beside this machine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from autograder.model.errors import MachineError, UsageError

STARTER = Path(__file__).parent / "starter"
_LEFT_BY_TOOLS = shutil.ignore_patterns("__pycache__", ".*")


def start_course(out: Path) -> None:
    """Write a course and its solutions into a folder, as `course/` and `solutions/`.

    Raises:
        UsageError: the folder is a file, holds something, or can't be written.
        MachineError: this is a student's copy of the machine.
    """
    if not STARTER.is_dir():
        raise MachineError(
            f"the machine that a workspace brings has no course to begin with: {sys.executable} -m pip install "
            "'autograd-course[grade]' in an environment of your own"
        )
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UsageError(f"{out}: holds something already; name a new or an empty folder")
        shutil.copytree(STARTER, out, ignore=_LEFT_BY_TOOLS, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: can't be written ({error.strerror or error}); name another folder") from error
