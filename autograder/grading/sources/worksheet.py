"""Moodle's grading worksheet: who of its participants handed in late.

Its column of statuses strings together what is to be said of a submission, `Submitted for grading - 2 hours 5 mins
late - Graded`, in the language of whoever downloaded it. What came within an extension is not called late.

Source: Moodle, `col_recordid` and `col_status` in mod/assign/gradingtable.php; `recordid`, `status` and
`submittedlateshort` in mod_assign's language packs, of several years.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.grading.findings import printable
from autograder.grading.intake import Found
from autograder.grading.sources.source import late
from autograder.grading.stores import Place
from autograder.model.directory import number_at_end
from autograder.model.errors import UsageError
from autograder.model.sheet import Sheet, read_sheet

_UNKNOWN = (
    "is no grading worksheet of Moodle's in English, Chinese, French, German or Spanish, left aside: nobody is taken as"
    " late by it"
)
_SEVERAL = "are several grading worksheets, so that nobody is taken as late: keep the newest there"
_STRANGE = "is a grading worksheet that names nobody who handed in: it may be another assignment's"
_BETWEEN = re.compile(r"\s+-(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class _Language:
    participants: frozenset[str]  # what the first column may be called
    statuses: str  # what the column of statuses is called
    late: re.Pattern[str]  # the part of a status that says how late


_LANGUAGES = (
    _Language(frozenset({"Identifier"}), "Status", re.compile(r".*\d.* late")),
    _Language(frozenset({"标识符", "识别码"}), "状态", re.compile(r"迟.*\d.*|.*\d.*之后")),
    _Language(frozenset({"Identifiant"}), "Statut", re.compile(r"En retard de .*\d.*")),
    _Language(frozenset({"ID"}), "Status", re.compile(r".*\d.* (zu spät|später)")),
    _Language(frozenset({"Identificador"}), "Estado", re.compile(r".*\d.* después")),
)


def participants(sheet: Sheet) -> Mapping[str, bool] | None:
    """The numbers of a worksheet's participants, and whether each came late; None if it is no worksheet known here."""
    headings = sheet.rows[0]
    for language in _LANGUAGES:
        if headings[0].strip() in language.participants and headings.count(language.statuses) == 1:
            place = headings.index(language.statuses)
            rows = (row for row in sheet.rows[1:] if len(row) > place)
            return {number_at_end(row[0]): _is_late(row[place], language) for row in rows}
    return None


def told_late(found: Found) -> Found:
    """The submission as one that came late, with the sentence that says so."""
    return found if found.is_late else replace(found, is_late=True, findings=(*found.findings, late("Moodle")))


def with_lateness(found: tuple[Found, ...], tables: Sequence[Place]) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Submissions, marked by the worksheet among the tables that lie beside them; what is odd about the tables."""
    read = {printable(table.name): _read(table) for table in tables}
    known = {name: numbers for name, numbers in read.items() if numbers is not None}
    notices = [f"{name}: {_UNKNOWN}" for name in read if name not in known]
    if len(known) > 1:
        return found, (*notices, f"{', '.join(known)}: {_SEVERAL}")
    for name, numbers in known.items():
        if not any(number_at_end(each.student) in numbers for each in found):
            notices.append(f"{name}: {_STRANGE}")
        found = tuple(told_late(each) if numbers.get(number_at_end(each.student)) else each for each in found)
    return found, tuple(notices)


def _read(table: Place) -> Mapping[str, bool] | None:
    try:
        return participants(read_sheet(table.read_bytes(), table.name))
    except (OSError, UsageError):
        return None


def _is_late(status: str, language: _Language) -> bool:
    """Whether a part of a status, but for the first, which is the student's doing, tells of lateness."""
    return any(language.late.fullmatch(part.strip()) for part in _BETWEEN.split(status)[1:])
