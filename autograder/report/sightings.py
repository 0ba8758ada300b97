"""What a check sees on the reference, as a page shows it: a line of the check, and the value or picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from autograder.checks.sight import Sight, sights
from autograder.checks.values import shown
from autograder.drawing import draw
from autograder.model.record import Record
from autograder.model.transcript import Alive, Count, Grad, Graph, Identical, Order, Raised, Seen

if TYPE_CHECKING:
    from autograder.model.check import Check
    from autograder.model.transcript import Transcript


class Sighting(Record, frozen=True):
    """One observation: as text, or as an SVG where it is a graph."""

    line: int
    code: str  # of the check
    text: str = ""
    svg: str = ""

    @property
    def picture(self) -> Markup:
        """The SVG, which the drawing's template has escaped."""
        return Markup(self.svg)  # noqa: S704 - made by our own template from a graph, see drawing/


def sightings(check: Check, expected: Transcript, language: str) -> tuple[Sighting, ...]:
    """All that a check sees, in order."""
    lines = dict(enumerate(check.source.splitlines(), 1))
    told = sights(check.source)
    found = []
    for entry in expected.entries:
        code = lines.get(entry.line, "").strip() + (f"  # {entry.label}" if entry.label else "")
        seen = entry.observation
        if isinstance(seen, Graph):
            sight = told.get(entry.line, Sight())
            roots = tuple(sight.argument(place) for place in range(len(seen.roots)))
            found.append(Sighting(line=entry.line, code=code, svg=draw(seen, roots=roots, language=language)))
        else:
            found.append(Sighting(line=entry.line, code=code, text=_text(seen)))
    return tuple(found)


def _text(seen: Seen | Grad | Raised | Order | Count | Alive | Identical) -> str:  # noqa: PLR0911 - one for each kind
    match seen:
        case Seen() | Grad():
            return shown(seen.value)
        case Raised(type=None):
            return "no exception"
        case Raised():
            return str(seen.type) if seen.text is None else f"{seen.type}({seen.text!r})"
        case Order():
            return repr(list(seen.events))
        case Count():
            return str(seen.count)
        case Alive():
            return str(seen.is_alive)
        case Identical():
            return str(seen.is_identical)
