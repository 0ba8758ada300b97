"""A student's text and the course's newer one become one: what only one of both changed is taken from it.

Where both changed the same lines, the student's stay, and the clash is told. Changes that only touch each other don't
clash, as they do for git: an answer stands right below its docstring, and the course may word that anew.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from autograder.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence


class Clash(Record, frozen=True):
    """Lines that both changed; the student's were kept."""

    line: int  # of the merged text, counted from 1, where the student's lines begin
    newer: tuple[str, ...]  # the lines that the course has there now, without their ends


class Merged(Record, frozen=True):
    """One text of two."""

    text: str
    clashes: tuple[Clash, ...] = ()


class _Hunk(NamedTuple):
    """Lines `begin` to `end` of the base (counted from 0, the end not included), and what came in their place."""

    begin: int
    end: int
    lines: Sequence[str]


def merge(base: str, mine: str, newer: str) -> Merged:
    """The merger of two texts that come from one base; its line ends are those of the student's text."""
    end = "\r\n" if "\r\n" in mine else "\n"
    lines, clashes = _merged(*(text.replace("\r\n", "\n").splitlines(keepends=True) for text in (base, mine, newer)))
    return Merged(text="".join(lines).replace("\n", end), clashes=tuple(clashes))


def _merged(base: Sequence[str], mine: Sequence[str], newer: Sequence[str]) -> tuple[list[str], list[Clash]]:
    lines: list[str] = []
    clashes: list[Clash] = []
    at = 0
    for ours, theirs in _groups(_hunks(base, mine), _hunks(base, newer)):
        begin = min(hunk.begin for hunk in (*ours, *theirs))
        end = max(hunk.end for hunk in (*ours, *theirs))
        lines += base[at:begin]
        my_lines, newer_lines = _applied(base, begin, end, ours), _applied(base, begin, end, theirs)
        if ours and theirs and my_lines != newer_lines:
            clashes.append(Clash(line=len(lines) + 1, newer=tuple(line.rstrip("\n") for line in newer_lines)))
        lines += my_lines if ours else newer_lines
        at = end
    return [*lines, *base[at:]], clashes


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[_Hunk]:
    changes = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [_Hunk(begin, end, other[low:high]) for tag, begin, end, low, high in changes if tag != "equal"]


def _groups(ours: list[_Hunk], theirs: list[_Hunk]) -> list[tuple[list[_Hunk], list[_Hunk]]]:
    """The hunks of both in the base's order, those that overlap together."""
    groups: list[tuple[list[_Hunk], list[_Hunk]]] = []
    labelled = chain(((hunk, 0) for hunk in ours), ((hunk, 1) for hunk in theirs))
    for hunk, side in sorted(labelled, key=lambda item: (item[0].begin, item[0].end)):
        if not groups or not any(_overlap(hunk, other) for other in chain(*groups[-1])):
            groups.append(([], []))
        groups[-1][side].append(hunk)
    return groups


def _overlap(one: _Hunk, other: _Hunk) -> bool:
    share = one.begin < other.end and other.begin < one.end
    return share or one[:2] == other[:2]


def _applied(base: Sequence[str], begin: int, end: int, hunks: Sequence[_Hunk]) -> list[str]:
    """The base's lines from `begin` to `end` after these changes."""
    lines: list[str] = []
    for hunk in hunks:
        lines += [*base[begin : hunk.begin], *hunk.lines]
        begin = hunk.end
    return [*lines, *base[begin:end]]
