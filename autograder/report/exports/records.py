"""Results as JSON, all that is known of them, with the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.model.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def result_json(result: Result) -> bytes:
    """A result as it is written to `results/<student>.json`: indented, the same bytes for the same result."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def results_json(results: Iterable[Result]) -> Iterator[bytes]:
    """All results as one array, in parts, of which each needs one result alone."""
    before = b"[\n  "
    for result in results:
        # A line of JSON ends outside of its texts only, so that each may be moved to the right.
        yield before + result_json(result).rstrip().replace(b"\n", b"\n  ")
        before = b",\n  "
    yield b"[]\n" if before.startswith(b"[") else b"\n]\n"


def result_schema() -> bytes:
    """The JSON schema of what `result_json` writes."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Result)), indent=2) + b"\n"
