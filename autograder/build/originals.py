"""The files of a workspace as they were built, packed to be kept in it; `checks.originals` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.zipping import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping


def pack_originals(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, the same bytes for the same files.

    Nothing in it is compressed, so that building twice gives the same bytes everywhere, and a search for what must not
    be in a workspace finds it here too.
    """
    return zipped(files)
