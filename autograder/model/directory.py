"""Whom a row of a table is about, when every platform calls a student by another name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBERED = re.compile(r".*\D[ _](\d+)", re.DOTALL)  # "Participant 4711", "Ada Lovelace_4711"
_AT_END = re.compile(r"(\d+)\s*$")


class Directory:
    """Finds rows by any cell that names a student; a cell that several rows share, such as a section, names none."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        found: dict[str, set[int]] = {}
        for place, row in enumerate(rows):
            for name in {name for cell in row for name in _names(cell)}:
                found.setdefault(name, set()).add(place)
        self._places = {name: min(places) for name, places in found.items() if len(places) == 1}
        self._shared = {name: sorted(places) for name, places in found.items() if len(places) > 1}

    def find(self, *names: str) -> int | None:
        """The place of the row that the first known of these names belongs to; None if none is known."""
        known = (self._places.get(each) for name in names for each in _names(name))
        return next((place for place in known if place is not None), None)

    def claimants(self, *names: str) -> tuple[int, ...]:
        """The places of the rows that share the first of these names which several have; none if none is shared."""
        shared = (self._shared.get(each) for name in names for each in _names(name))
        return tuple(next((places for places in shared if places is not None), ()))


def number_at_end(cell: str) -> str:
    """The number that a cell ends in, whatever stands before it; empty if it ends in none.

    For columns alone in which that names a student: most languages of Moodle write `Participante4711`.
    """
    found = _AT_END.search(cell)
    return found[1] if found else ""


def _names(cell: str) -> Iterator[str]:
    """A cell as it is compared; then the number at its end, `Lovelace, Ada` as one says it, and as Canvas' files do."""
    plain = unicodedata.normalize("NFC", cell).strip().casefold()
    if plain:
        yield plain
        if numbered := _NUMBERED.fullmatch(plain):
            yield numbered[1]
        if "," in plain:
            last, _, first = plain.partition(",")
            yield f"{first.strip()} {last.strip()}"
            yield re.sub(r"\W", "", plain)
