"""The files of a workspace as they were built, kept in it, so that a student can have any of them back.

They lie in one zip: as files of their own, editors would find everything twice, and so would who looks for a
submission's folder. Nothing in it is compressed, so that building twice gives the same bytes everywhere, and a search
for what must not be in a workspace finds it here too.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from autograder.model.errors import UsageError
from autograder.model.workspace import ORIGINALS_FILE

if TYPE_CHECKING:
    from pathlib import Path


def read_originals(root: Path) -> dict[str, bytes]:
    """Every file of the workspace at `root` as it was built, by path.

    Raises:
        UsageError: the workspace has no originals, or they are damaged.
    """
    file = root / ORIGINALS_FILE
    try:
        with zipfile.ZipFile(file) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except FileNotFoundError as error:
        raise UsageError(f"{file} is missing; copy it from the workspace as you got it") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{file} is damaged ({error}); copy it from the workspace as you got it") from error
