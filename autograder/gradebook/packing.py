"""Evidence becomes bytes for the gradebook, and those become records again, without a database."""

import zlib

import msgspec

from autograder.gradebook.attempt import Evidence

_LEVEL = 1  # of compression: transcripts shrink to a tenth at any, notebooks' pictures at none


def packed(evidence: Evidence) -> bytes:
    """Evidence, compressed."""
    return zlib.compress(msgspec.msgpack.encode(evidence), _LEVEL)


def evidence_of(content: bytes) -> Evidence:
    """The evidence that `packed` made these bytes of.

    Raises:
        msgspec.DecodeError: they are damaged.
    """
    try:
        return msgspec.msgpack.decode(zlib.decompress(content), type=Evidence)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from error
