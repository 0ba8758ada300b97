"""What is large becomes bytes for the gradebook, and those become records again, without a database."""

import zlib
from collections.abc import Mapping

import msgspec

from autograder.gradebook.attempt import Evidence
from autograder.model.ids import CheckId
from autograder.model.transcript import Transcript

Transcripts = Mapping[CheckId, Transcript]

_LEVEL = 1  # of compression: transcripts shrink to a tenth at any, notebooks' pictures at none


def packed(value: Evidence | Transcripts) -> bytes:
    """A large value, compressed."""
    return zlib.compress(msgspec.msgpack.encode(value), _LEVEL)


def evidence_of(content: bytes) -> Evidence:
    """The evidence that `packed` made these bytes of.

    Raises:
        msgspec.DecodeError: they are damaged.
    """
    return msgspec.msgpack.decode(_unpacked(content), type=Evidence)


def transcripts_of(content: bytes) -> Transcripts:
    """The transcripts that `packed` made these bytes of.

    Raises:
        msgspec.DecodeError: they are damaged.
    """
    return msgspec.msgpack.decode(_unpacked(content), type=dict[CheckId, Transcript])


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from error
