"""Writing into a workspace: whole files or none, and what was there before is kept beside."""

from __future__ import annotations

import os
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_whole(file: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, whatever happens meanwhile.

    Raises:
        UsageError: it can't be written.
    """
    write_parts(file, (data,))


def write_parts(file: Path, parts: Iterable[bytes]) -> None:
    """Write a file in one step, of parts that never are in memory together; if one can't be made, nothing changes.

    Raises:
        UsageError: it can't be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as beside:
                beside.writelines(parts)
            beside_path = Path(name)
            beside_path.chmod(0o644)
            beside_path.replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror}); nothing was changed") from error


def keep_beside(file: Path, reason: str) -> Path | None:
    """Keep a file as `FILE.before-REASON-N`, the first N that is free; None where there is no file.

    Raises:
        UsageError: it can't be read, or its copy can't be written.
    """
    if not file.exists():
        return None
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} can't be kept beside ({error.strerror}); nothing was changed") from error
    return write_beside(file, data, f"before-{reason}")


def write_beside(file: Path, data: bytes, label: str) -> Path:
    """Write `FILE.LABEL-N` with the first N that is free.

    Raises:
        UsageError: it can't be written.
    """
    names = (file.with_name(f"{file.name}.{label}-{number}") for number in count(1))
    beside = next(name for name in names if not name.exists())
    try:
        with beside.open("xb") as copy:
            copy.write(data)
    except OSError as error:
        raise UsageError(f"{beside} can't be written ({error.strerror}); nothing was changed") from error
    return beside
