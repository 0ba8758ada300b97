"""`autograder submit` in a real terminal asks once how the grader knows the student."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.student.conftest import write_workspace

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pty")


def test_who_is_there_is_asked_once(tmp_path: Path) -> None:
    """The name is remembered; without a terminal nobody is asked, and the sentence says what to type."""
    from tests.student.terminal import AUTOGRADER, Terminal  # noqa: PLC0415 - not on every system

    root = write_workspace(tmp_path.resolve() / "work")
    silent = subprocess.run(
        [*AUTOGRADER, "submit"], cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (silent.returncode, silent.stdout) == (2, "")
    assert "who are you? `autograder submit --name NAME`" in silent.stderr
    for answer in ("ada\n", ""):
        terminal = Terminal(root, [*AUTOGRADER, "submit"])
        try:
            if answer:
                terminal.read_until("How does your grader know you")
                terminal.press(answer)
            terminal.read_until("ada.zip is written")
            terminal.read_until("exercises are done")
        finally:
            terminal.close()


def test_handing_in_needs_the_core_s_packages_alone():
    """A student's environment has no database, no notebook library and no cluster."""
    absent = ["sqlalchemy", "alembic", "nbformat", "nbclient", "jupytext", "babel", "fsspec", "distributed"]
    code = f"import sys; sys.modules.update(dict.fromkeys({absent})); import autograder.student.submitting"
    subprocess.run([sys.executable, "-c", code], check=True)
