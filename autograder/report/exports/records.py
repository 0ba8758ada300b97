"""Results as JSON, all that is known of them, with the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.model.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence


def result_json(result: Result) -> bytes:
    """A result as it is written to `results/<student>.json`: indented, the same bytes for the same result."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def results_json(results: Sequence[Result]) -> bytes:
    """All results as one array."""
    return msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"


def result_schema() -> bytes:
    """The JSON schema of what `result_json` writes."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Result)), indent=2) + b"\n"
