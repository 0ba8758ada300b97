"""One submission as JUnit XML, as pytest writes it with `--junit-xml`.

Source: pytest's `junitxml` plug-in, family xunit2, which follows junit-10.xsd of Jenkins' xUnit plug-in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from autograder.model.ids import Language
from autograder.model.verdict import Outcome
from autograder.report.exports.lines import Line, lines

if TYPE_CHECKING:
    from autograder.model.result import Result

_SKIPPED = {Outcome.NOT_RUN, Outcome.UNGRADED}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML may hold these
_LINE_END = re.compile("\r\n?")


def junit_xml(result: Result, language: str = "en") -> bytes:
    """A result as one suite, a case for each line; what was not run or not graded is skipped. Times are not kept."""
    told = lines(result, Language(language))
    outcomes = [line.outcome for line in told if line.outcome is not Outcome.PASSED]
    skipped = sum(outcome in _SKIPPED for outcome in outcomes)
    counts = {"errors": 0, "failures": len(outcomes) - skipped, "skipped": skipped, "tests": len(told)}
    root = Element("testsuites", name="autograder")
    attributes = {name: str(count) for name, count in counts.items()}
    suite = SubElement(root, "testsuite", {"name": _legal(result.student), **attributes, "time": "0.000"})
    if result.findings:
        properties = SubElement(suite, "properties")
        for finding in result.findings:
            SubElement(properties, "property", name="finding", value=_legal(finding.message))
    for line in told:
        _case(suite, line)
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _case(suite: Element, line: Line) -> None:
    case = SubElement(suite, "testcase", classname=_legal(line.exercise), name=_legal(line.name), time="0.000")
    why = _legal(line.told)
    if line.outcome is Outcome.PASSED:
        if why:
            SubElement(case, "system-out").text = why
    elif line.outcome in _SKIPPED:
        SubElement(case, "skipped", type="pytest.skip", message=why)
    else:
        SubElement(case, "failure", message=why.partition("\n")[0]).text = why


def _legal(text: str) -> str:
    """Text in which XML can hold every character; others are shown by their number, as pytest shows them.

    Lines end as whoever reads XML ends them, so that attributes and texts say the same.
    """
    return _FORBIDDEN.sub(lambda found: f"#x{ord(found[0]):02X}", _LINE_END.sub("\n", text))
