"""Who handed in what, as a table for the instructor."""

from collections.abc import Iterator

from autograder.grading.findings import printable
from autograder.grading.intake import Found
from autograder.grading.sources.source import Discovery
from autograder.model.sheet import Sheet, inert

HEADINGS = ("student", "submission", "attempt", "late", "remarks")


def intake_csv(discovery: Discovery) -> bytes:
    """One row a student: the file, which attempt it is, whether it came late, what is to be said; then the missing."""
    handed_in = map(_row, discovery.submissions)
    nothing = ((inert(student), "", "", "", "nothing handed in") for student in discovery.missing)
    return Sheet(rows=(HEADINGS, *handed_in, *nothing)).written()


def _row(found: Found) -> tuple[str, ...]:
    name = printable(found.path.name) if found.path else ""
    late = "late" if found.is_late else ""
    return (inert(found.student), inert(name), str(found.attempt), late, inert("; ".join(_remarks(found))))


def _remarks(found: Found) -> Iterator[str]:
    return (str(finding) for finding in found.findings)
