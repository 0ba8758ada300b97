"""Canvas' gradebook: the exported CSV comes back with one assignment's column filled.

Source: Canvas LMS, lib/gradebook_exporter.rb and lib/gradebook_importer.rb.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model.errors import UsageError
from autograder.report.exports.filling import Column, decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.sheet import Sheet

_LAST_OF_STUDENT = "Section"
_ID = "ID"
_MAXIMUM = "Points Possible"
_EXCUSED = "EX"
_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
_TOTAL = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")  # "Current Score (2026)"


def canvas_column(sheet: Sheet, name: str, assignment: str | None = None) -> Column:
    """The column of an assignment, given by its title, its number or both; of the only one, without.

    Raises:
        UsageError: the table is no export of Canvas' gradebook, or the assignment isn't one of it.
    """
    headings = sheet.rows[0]
    if _ID not in headings or _LAST_OF_STUDENT not in headings:
        raise UsageError(
            f"{name}: is no gradebook that Canvas exported: its first row lacks ID or Section; export it anew"
        )
    id_place, last = headings.index(_ID), headings.index(_LAST_OF_STUDENT)
    place = _assignment(headings, last + 1, name, assignment)
    maxima = [decimal(row[place]) for row in sheet.rows[1:] if row[0].strip() == _MAXIMUM and len(row) > place]
    return Column(
        place=place,
        names=tuple(range(last)),
        rows=tuple(at for at, row in enumerate(sheet.rows) if at and len(row) > id_place and row[id_place].strip()),
        maximum=maxima[0] if maxima else None,
        fixed=frozenset({_EXCUSED, "N/A"}),  # N/A: not assigned
        excused=_EXCUSED,
    )


def _assignment(headings: Sequence[str], start: int, name: str, wanted: str | None) -> int:
    found = {place: _ASSIGNMENT.fullmatch(headings[place]) for place in range(start, len(headings))}
    known = {place: match for place, match in found.items() if match and not _TOTAL.search(match[0])}
    fitting = [place for place, match in known.items() if wanted in {None, match[0], match["title"], match["id"]}]
    if len(fitting) == 1:
        return fitting[0]
    titles = ", ".join(match[0] for match in known.values()) or "none"
    asked = f"{wanted!r} is not one of" if wanted else "name one of"
    raise UsageError(f"{name}: {asked} its assignments with --assignment: {titles}")
