"""One submission as GitHub Classroom's autograding reporter reads it: base64 of JSON, in `<STEP>_RESULTS`.

What it shows of a test is the name and `test_code`, and `message` of errors alone; so why a test failed stands in the
first of these, too, which it prints below the words "Test code".

Source: src/main.js, src/console-results.js and src/notify-classroom.js of
github.com/classroom-resources/autograding-grading-reporter.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.model.ids import Language
from autograder.model.verdict import Outcome
from autograder.report.exports.lines import Line, lines

if TYPE_CHECKING:
    from autograder.model.result import Result

_WORDS = {Outcome.PASSED: "pass", Outcome.FAILED: "fail"}  # all others are an error


def github_classroom(result: Result, language: str = "en") -> str:
    """A result for the reporter, which adds up the tests' scores; an ungraded check makes the whole an error."""
    told = lines(result, Language(language))
    tests = [_test(line) for line in told]
    words = {test["status"] for test in tests}
    is_open = any(line.points is None for line in told)
    content = {
        "version": 1,
        "status": "error" if is_open else "pass" if words <= {"pass"} else "fail",
        "max_score": round(result.max_score, 4),
        "tests": tests,
    }
    return b64encode(msgspec.json.encode(content)).decode("ascii")


def _test(line: Line) -> dict[str, Any]:
    status = _WORDS.get(line.outcome, "error")
    untold = line.told if status != "error" else ""
    return {
        "name": line.name,
        "status": status,
        "score": round(line.points or 0.0, 4),
        "message": line.told or None,
        "test_code": f"{line.exercise}\n{untold}" if untold else line.exercise,
        "line_no": 0,
        "duration": 0,
    }
