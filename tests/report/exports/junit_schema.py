"""What a JUnit file may hold, and what in a document does not fit it.

Source: junit-10.xsd of Jenkins' xUnit plug-in (github.com/jenkinsci/xunit-plugin), which is also what pytest tests its
own files with: the elements, which stand in which, the attributes, and which of them are needed. Where it leaves the
order open, pytest's is asked for: of a suite, as Ant's JUnit.xsd (github.com/windyroad/JUnit-Schema) has it too, the
properties, the cases, what was printed; of a case, how it ended, what was printed.
"""

import re
from typing import NamedTuple

SECONDS = r"[0-9,]*(\.[0-9]*)?"
ANYTHING = r"(?s:.*)"


class Kind(NamedTuple):
    """One element: what may stand in it, in which order, as a regular expression on names that end in a space."""

    inside: str = ""
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    has_text: bool = False


_TOLD = Kind(allowed=("type", "message"), has_text=True)
_PRINTED = Kind(has_text=True)
_AGAIN = Kind("(stackTrace )?(system-out )?(system-err )?", ("type",), ("message",), has_text=True)
_ENDS = "skipped|error|failure|rerunFailure|rerunError|flakyFailure|flakyError"
_COUNTS = ("tests", "failures", "errors")

KINDS = {
    "testsuites": Kind("(testsuite )*", (), ("name", "time", *_COUNTS)),
    "testsuite": Kind(
        "(properties )?(testsuite )*(testcase )*(system-out )?(system-err )?",
        ("name", *_COUNTS),
        ("group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"),
    ),
    "properties": Kind("(property )*"),
    "property": Kind("", ("name", "value")),
    "testcase": Kind(f"(({_ENDS}) )*((system-out|system-err) )*", ("name",), ("time", "classname", "group")),
    **dict.fromkeys(("skipped", "error", "failure"), _TOLD),
    **dict.fromkeys(("rerunFailure", "rerunError", "flakyFailure", "flakyError"), _AGAIN),
    **dict.fromkeys(("system-out", "system-err", "stackTrace"), _PRINTED),
}
VALUES = {"time": SECONDS, **dict.fromkeys((*_COUNTS, "skipped"), "[0-9]+")}


def faults(root):
    """Everything in a document that does not fit, a line each."""
    if root.tag not in {"testsuites", "testsuite"}:
        return [f"<{root.tag}> begins the document"]
    return [fault for element in root.iter() for fault in _of(element)]


def _of(element):
    kind = KINDS.get(element.tag)
    if kind is None:
        return [f"<{element.tag}> is unknown"]
    found = [f"<{element.tag}> lacks {name}" for name in kind.needed if name not in element.attrib]
    for name, value in element.attrib.items():
        if name not in kind.needed + kind.allowed:
            found.append(f"<{element.tag}> has no attribute {name}")
        elif not re.fullmatch(VALUES.get(name, ANYTHING), value):
            found.append(f"<{element.tag}> {name} is {value!r}")
    inside = "".join(f"{each.tag} " for each in element)
    if not re.fullmatch(kind.inside, inside):
        found.append(f"<{element.tag}> holds {inside.strip()}")
    between = [element.text, *(each.tail for each in element)]
    if not kind.has_text and any(text and text.strip() for text in between):
        found.append(f"<{element.tag}> holds text")
    return found
