"""The command line, run where all that it needs is imported already."""

from __future__ import annotations

from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

from autograder.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., CompletedProcess[str]]:
    """Run the command line in this process, as it is typed in the test's folder: how it ended and what it said."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str) -> CompletedProcess[str]:
        capsys.readouterr()
        code: object = 0
        try:
            main(arguments)
        except SystemExit as ended:
            code = ended.code
        return CompletedProcess(arguments, code, *capsys.readouterr())

    return typed
