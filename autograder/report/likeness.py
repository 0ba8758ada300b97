"""What two failures have in common: the first difference without what is only the check's own.

Students who believe the same thing fail alike, but seldom in the same numbers, at the same slot or with the same names.
What is left of a difference when these are taken away says what kind of difference it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.model.verdict import Cause, Difference, Verdict

_LONGEST = 200  # characters; a student's process can send any number of them
_NUMBER = re.compile(r"(?<![\w.])-?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|nan|inf)(?!\w)", re.IGNORECASE)
_NUMBERS = re.compile(r"#(?:, #)+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NODE = re.compile(r"\b\w+Backward\d*\b|\bAccumulateGrad\b(?:\([^()]*\))?")
_CHAIN = re.compile(
    r"\w+((?:\.\w+|\[[\d, …]*\])*)(?: \(.*\))?", re.DOTALL
)  # `x.grad[0]`, `out.grad_fn`, `first (label)`
_LAST = re.compile(r"(?:\.\w+)?(?:\[[^\]]*\])*$")


def likeness(verdict: Verdict) -> str:
    """The kind of a verdict's first difference; verdicts on one exercise that have it in common have one reason."""
    cause = verdict.cause
    if cause is None:
        return verdict.outcome.value
    if cause.difference is None:
        values = {name: _plain(value) for name, value in cause.values.items()} | {"line": "#"}
        return f"{verdict.outcome}: {_told(cause, values)}"[:_LONGEST]
    return _told(cause, _sides(cause.difference))[:_LONGEST]


def _told(cause: Cause, values: dict[str, str]) -> str:
    return cause.message.format_map({**cause.values, **values})


def _sides(difference: Difference) -> dict[str, str]:
    """The last step of the path, where it is a chain of steps, and what stands on both sides."""
    chain = _CHAIN.fullmatch(difference.path)
    place = "…" + _LAST.findall(chain[1])[0] if chain else difference.path
    return {
        "path": _plain(place),
        "expected": _plain(difference.expected),
        "found": _plain(difference.found or ""),
    }


def _plain(text: str) -> str:
    """A text without its numbers, quoted texts and the kinds of its nodes; of many numbers in a row one is left."""
    text = _NODE.sub("node", _QUOTED.sub("'…'", text))
    return _NUMBERS.sub("#", _NUMBER.sub("#", text))
