"""Two graphs laid over each other: what they share is drawn once, what differs is marked."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.drawing.pairing import Pairs, pair_nodes
from autograder.drawing.scene import Box, Kind, Mark, Scene, Wire, box_of, end_of, root_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.model.transcript import Graph, GraphNode, GraphRoot

End = tuple[int | Kind, int]  # where an edge leads: a box of the merged scene or a kind of end, and the input there


def scene_of_diff(expected: Graph, found: Graph, roots: tuple[str, ...] = ()) -> Scene:
    """One scene that holds both graphs; `roots` are the names of their roots, in order."""
    pairs = pair_nodes(expected, found)
    partners = {new: old for old, new in pairs.items()}
    extra = [number for number in range(len(found.nodes)) if number not in partners]
    places = partners | {number: len(expected.nodes) + rank for rank, number in enumerate(extra)}
    boxes = [_merged_box(node, found.nodes[pairs[n]] if n in pairs else None) for n, node in enumerate(expected.nodes)]
    boxes += [replace(box_of(found.nodes[number]), mark=Mark.EXTRA) for number in extra]
    wires: list[Wire] = []
    for number, node in enumerate(expected.nodes):
        new = _ends(found.nodes[pairs[number]], places) if number in pairs else []
        _connect(number, _ends(node), new, boxes, wires)
    for number in extra:
        _connect(places[number], [], _ends(found.nodes[number], places), boxes, wires)
    _connect_roots((expected.roots, found.roots), places, roots, boxes, wires)
    return Scene(boxes=tuple(boxes), wires=tuple(wires), is_cut=expected.is_cut or found.is_cut)


def _merged_box(expected: GraphNode, found: GraphNode | None) -> Box:
    """The box of a node of the expected graph and of its partner, if it has one."""
    box = box_of(expected)
    if found is None:
        return replace(box, mark=Mark.MISSING)
    other = box_of(found)
    slots = max(box.slots, other.slots)
    if (box.kind, box.label) == (other.kind, other.label):
        return replace(box, slots=slots)
    return replace(other, slots=slots, mark=Mark.CHANGED, expected=expected.name)


def _ends(node: GraphNode, places: Pairs | None = None) -> list[End]:
    """Where a node's edges lead; without `places`, a node's number is its box."""
    return [
        (Kind.CONSTANT if edge.node is None else edge.node if places is None else places[edge.node], edge.input_nr)
        for edge in node.edges
    ]


def _root_ends(root: GraphRoot | None, places: Pairs | None = None) -> list[End]:
    """Where a root leads, as the only edge of its box."""
    if root is None:
        return []
    if root.node is None:
        return [(end_of(root), 0)]
    return [(root.node if places is None else places[root.node], root.output_nr)]


def _connect_roots(
    roots: tuple[Sequence[GraphRoot], Sequence[GraphRoot]],
    places: Pairs,
    names: tuple[str, ...],
    boxes: list[Box],
    wires: list[Wire],
) -> None:
    """Add the roots of both graphs, pair by pair."""
    count = max(map(len, roots))
    for number, (old, new) in enumerate(zip_longest(*roots)):
        mark = Mark.MISSING if new is None else Mark.EXTRA if old is None else Mark.SAME
        boxes.append(Box(kind=Kind.ROOT, label=root_name(names, number, count), slots=1, mark=mark))
        _connect(len(boxes) - 1, _root_ends(old), _root_ends(new, places), boxes, wires)


def _connect(source: int, old: list[End], new: list[End], boxes: list[Box], wires: list[Wire]) -> None:
    """Add the wires of one box, with a box of their own for those that end in nothing."""
    for wire, end in sorted(_compare(source, old, new), key=lambda pair: (pair[0].slot, pair[0].mark)):
        target = end
        if isinstance(target, Kind):
            boxes.append(Box(kind=target, label="", mark=wire.mark))
            target = len(boxes) - 1
        wires.append(replace(wire, target=target))


def _compare(source: int, old: list[End], new: list[End]) -> Iterator[tuple[Wire, int | Kind]]:
    """The edges of one box in both graphs, each told once with its mark."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    for slot in sorted(left.keys() & right.keys()):
        if left[slot][0] == right[slot][0]:
            (_, wanted), (end, given) = left.pop(slot), right.pop(slot)
            wire = Wire(source=source, slot=slot, target=source, input_nr=given)
            yield (wire if wanted == given else replace(wire, mark=Mark.CHANGED, expected_input=wanted)), end
    for slot, (end, given) in list(right.items()):
        wire = Wire(source=source, slot=slot, target=source, input_nr=given)
        home = next((other for other, (goal, _) in left.items() if goal == end), None)
        if home is None:
            yield replace(wire, mark=Mark.EXTRA), end
            continue
        wanted = left.pop(home)[1]
        moved = replace(wire, mark=Mark.CHANGED, expected_slot=home)
        yield (moved if wanted == given else replace(moved, expected_input=wanted)), end
    for slot, (end, wanted) in left.items():
        yield Wire(source=source, slot=slot, target=source, input_nr=wanted, mark=Mark.MISSING), end
