"""Gradescope's `results.json` for one submission.

Source: Gradescope's autograder specifications, "Output format".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from autograder.model.ids import Language
from autograder.model.shown import Shown
from autograder.model.verdict import Outcome
from autograder.report.exports.lines import Line, lines

if TYPE_CHECKING:
    from autograder.model.result import Result


def gradescope_json(result: Result, hidden: Shown = Shown.AFTER_PUBLISHED, language: str = "en") -> bytes:
    """A result for Gradescope; `hidden` says when students see the hidden checks' titles, outcomes and points.

    While a check is ungraded its test has no score, and the total is what is known so far.
    """
    tests = [_test(line, hidden) for line in lines(result, Language(language))]
    told = "\n".join(finding.message for finding in result.findings)
    content = {
        "score": round(result.score, 4),
        **({"output": told} if told else {}),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": Shown.VISIBLE,
        "stdout_visibility": Shown.HIDDEN,
        "extra_data": {"isolation": result.level, "max_score": round(result.max_score, 4)},
        "tests": tests,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _test(line: Line, hidden: Shown) -> dict[str, Any]:
    # What has no part in the score has no points: they would only show as 0 of 0.
    is_scored = line.has_points and line.points is not None
    return {
        "name": line.name,
        "status": "passed" if line.outcome is Outcome.PASSED else "failed",
        **({"score": round(line.points or 0.0, 4), "max_score": round(line.max_points, 4)} if is_scored else {}),
        **({"output": line.told} if line.told else {}),
        "tags": [line.exercise],
        "visibility": hidden if line.is_hidden else Shown.VISIBLE,
    }
