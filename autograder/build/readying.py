"""What makes a workspace ready: the script `start.py`, and its sentences in the workspace's language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.build import start
from autograder.model.language import translated
from autograder.model.workspace import START_FILE

if TYPE_CHECKING:
    from autograder.model.ids import Language

SENTENCES = (
    start.TOO_OLD, start.NO_WHEEL, start.NO_VENV, start.NOT_OURS, start.INSTALLING, start.NOT_INSTALLED,
    start.NO_NOTEBOOKS, start.DOWNLOADED, start.READY, start.OPEN_LAB, start.OPEN_CODE, start.WATCH,
)  # fmt: skip


def start_files(language: Language) -> dict[str, bytes]:
    """The script and its sentences, by path in the workspace."""
    said = {english: translated(english, language) for english in SENTENCES}
    return {
        START_FILE: Path(start.__file__).read_bytes(),
        start.SENTENCES_FILE: msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n",
    }
