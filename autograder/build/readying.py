"""What makes a workspace ready: the script `start.py` with its sentences, and what VS Code asks a folder for."""

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

VS_CODE = {
    ".vscode/extensions.json": {"recommendations": ["ms-python.python", "ms-toolsai.jupyter"]},
    ".vscode/settings.json": {"python.defaultInterpreterPath": "${workspaceFolder}/.venv"},  # a folder, on Windows too
}


def start_files(language: Language) -> dict[str, bytes]:
    """The script, its sentences in the workspace's language, and VS Code's settings, by path in the workspace."""
    said = {english: translated(english, language) for english in SENTENCES}
    return {
        START_FILE: Path(start.__file__).read_bytes(),
        start.SENTENCES_FILE: _json(said),
        **{path: _json(settings) for path, settings in VS_CODE.items()},
    }


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
