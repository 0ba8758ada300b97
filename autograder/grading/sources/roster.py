"""The roster: a CSV with a row for each student of the class, and what the submissions look like beside it.

The first column says what a student is called here; any other may hold another name of the same student: the number
that Canvas or Moodle gives, a login, an e-mail address. What several students share, such as a section, is no name.
Moodle's grading worksheet is a roster, too: by it those who came late are marked. Its first column has no names that
anybody knows (`Participant 4711`), so that students stay what the download calls them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.findings import note, printable
from autograder.grading.sources.source import Discovery
from autograder.grading.sources.worksheet import participants, told_late
from autograder.model.directory import Directory, number_at_end
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.language import sentence
from autograder.model.sheet import Sheet, read_sheet

if TYPE_CHECKING:
    from autograder.grading.intake import Found

_MOST_NAMED = 3  # students who share a name
_UNKNOWN = sentence("the roster does not name this student")


@dataclass(frozen=True, slots=True)
class Roster:
    """A class: one row for each student, the name first."""

    rows: tuple[tuple[str, ...], ...]
    notices: tuple[str, ...] = ()  # rows that were left aside, a sentence each
    headings: tuple[str, ...] = ()
    renames: bool = True  # whether students are called as the first cells say
    late: frozenset[str] = frozenset()  # the first cells of those who came late, where it says so

    @property
    def names(self) -> Mapping[StudentId, tuple[str, ...]]:
        """Each student's other names: the cells that no other student has."""
        rows = Counter(cell for row in self.rows for cell in set(row) if cell)
        return {StudentId(row[0]): tuple(cell for cell in row[1:] if rows[cell] == 1) for row in self.rows}


def read_roster(path: Path) -> Roster:
    """A roster, its first row being headings; a student who stands there twice counts once.

    Raises:
        UsageError: it can't be read, or names no student.
    """
    try:
        sheet = read_sheet(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror}); name the roster with --roster") from error
    roster = _roster(sheet, path.name)
    if not roster.rows:
        raise UsageError(f"{path}: names no student; it needs a row of headings, and a row for each student below")
    return roster


def enrol(discovery: Discovery, roster: Roster) -> Discovery:
    """Submissions under the roster's names, and who is missing; whom it doesn't know is graded all the same, and named.

    Raises:
        UsageError: two submissions are one student's by the roster.
    """
    students, everything = Directory([row[:1] for row in roster.rows]), Directory(roster.rows)
    taken: dict[int, Found] = {}
    submissions, notices = [], [*discovery.notices, *roster.notices]
    for found in discovery.submissions:
        place = students.find(found.student)
        if place is None and (place := everything.find(*found.names, found.student)) is None:
            submissions.append(replace(found, findings=(*found.findings, note("", _UNKNOWN))))
            notices.append(f"{_known_as(found)}: handed in, and {_why_not(found, roster, everything)}")
            continue
        student = StudentId(roster.rows[place][0])
        if (twin := taken.setdefault(place, found)) is not found:
            raise UsageError(
                f"{twin.student} and {found.student} are two submissions of {student}, by the roster: keep one of"
                " them, or correct the roster; nothing was graded"
            )
        mine = replace(found, student=student) if roster.renames else found
        submissions.append(told_late(mine) if student in roster.late else mine)
    missing = tuple(sorted(StudentId(row[0]) for place, row in enumerate(roster.rows) if place not in taken))
    notices += [f"{student}: is on the roster, and handed in nothing" for student in missing]
    return Discovery(tuple(sorted(submissions, key=lambda each: each.student)), tuple(notices), missing)


def _known_as(found: "Found") -> str:
    """What a submission's student is called here, and by the platform besides."""
    others = [printable(name) for name in found.names if name != found.student]
    return f"{found.student} ({', '.join(others)})" if others else found.student


def _why_not(found: "Found", roster: Roster, everything: Directory) -> str:
    """Why a submission is nobody's by the roster, and what to do where the roster may be wrong."""
    names = (*found.names, found.student)
    if Directory([roster.headings]).find(*names) is not None:
        return "is not on the roster, whose first row was taken for headings: put a row of headings above it"
    if sharing := [roster.rows[place][0] for place in everything.claimants(*names)]:
        others = " and others" if len(sharing) > _MOST_NAMED else ""
        several = f"{', '.join(sharing[:_MOST_NAMED])}{others}"
        return f"the roster leaves open whose it is: one name is shared by {several}; give each a name of their own"
    return "is not on the roster"


def _roster(sheet: Sheet, name: str) -> Roster:
    rows: dict[str, tuple[str, ...]] = {}
    notices = []
    numbers = participants(sheet)
    for place, cells in enumerate(sheet.rows[1:], start=2):
        row = tuple(cell.strip() for cell in cells)
        if not row[0]:
            if any(row):
                notices.append(
                    f"{name}, row {place}: its first cell is empty, left aside: put the student's name there"
                )
        elif rows.setdefault(row[0].casefold(), row) is not row:
            notices.append(f"{name}, row {place}: names {row[0]} again, left aside: the first row counts")
    if numbers is None:
        return Roster(tuple(rows.values()), tuple(notices), sheet.rows[0])
    return Roster(
        tuple((*row, number_at_end(row[0])) for row in rows.values()),
        tuple(notices),
        sheet.rows[0],
        renames=False,
        late=frozenset(row[0] for row in rows.values() if numbers.get(number_at_end(row[0]))),
    )
