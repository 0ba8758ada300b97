"""Where everything goes: fast-sugiyama ranks and orders the boxes, the best of a few of its layouts is taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Literal

from fast_sugiyama import from_edges

from autograder.drawing.scene import Kind, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]  # columns to the right, rows down
Arc = tuple[int, int]
Crossing = Literal["barycenter", "median"]  # how fast-sugiyama orders the boxes of a row
Chain = tuple[Point, ...]  # the way of a wire: its source, a point in each row that it passes, its target

HAIR = 0.01  # of a column: how far slots of one box, or its inputs, lie apart when crossings are counted
MOST = 40  # input numbers above this count as this


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The places of a scene's boxes, and the ways between them; a wire that leads back up has none."""

    places: tuple[Point, ...]
    chains: dict[Arc, Chain]


def lay_out(scene: Scene) -> Layout:
    """The layout with the fewest crossings; a node's edges that don't leave in the order of their slots cross too."""
    if not scene.boxes:
        return Layout(places=(), chains={})
    arcs = _downward_arcs(scene)
    crossings: tuple[Crossing, ...] = ("barycenter", "median")
    layouts = [
        _attempt(arcs, vertices, crossing, side)
        for vertices, crossing, side in product(_orders(len(scene.boxes), arcs), crossings, (1, -1))
    ]
    return min(layouts, key=lambda layout: _disorder(scene, layout))


def _downward_arcs(scene: Scene) -> list[Arc]:
    """The pairs of boxes that wires join, without those that close a circle, which the layout doesn't survive.

    One more vertex, numbered after the boxes, leads to every box where a walk starts: all hangs together.
    """
    targets: dict[int, list[int]] = {number: [] for number in range(len(scene.boxes))}
    for wire in scene.wires:
        targets[wire.source].append(wire.target)
    entered = {wire.target for wire in scene.wires}
    targets[len(scene.boxes)] = sorted(targets, key=lambda number: (number in entered, number))
    arcs = list(_walk(targets, start=len(scene.boxes)))
    reached = {target for source, target in arcs if source < len(scene.boxes)}
    return [(source, target) for source, target in arcs if source < len(scene.boxes) or target not in reached]


def _walk(targets: dict[int, list[int]], start: int) -> Iterator[Arc]:
    """Every arc that a depth-first walk meets, but those to a box that it is still inside of."""
    stack = [(start, iter(targets[start]))]
    inside, done = {start}, set()
    while stack:
        box, rest = stack[-1]
        target = next(rest, None)
        if target is None:
            inside.discard(box)
            done.add(box)
            stack.pop()
        elif target not in inside:
            yield box, target
            if target not in done:
                inside.add(target)
                stack.append((target, iter(targets[target])))


def _orders(count: int, arcs: list[Arc]) -> tuple[list[int], list[int]]:
    """The vertices as a walk meets them, slot by slot, and as numbered; fast-sugiyama mostly keeps to an order."""
    return list(dict.fromkeys([count, *(target for _, target in arcs)])), list(range(count + 1))


def _attempt(arcs: list[Arc], vertices: list[int], crossing: Crossing, side: int) -> Layout:
    """One layout of the vertices, given in that order, mirrored where `side` is -1."""
    count = len(vertices) - 1
    positions, links = _sugiyama(arcs, vertices, crossing)
    shown = {vertex: (side * x, y) for vertex, (x, y) in positions.items() if vertex != count}
    left, top = min(x for x, _ in shown.values()), max(y for _, y in shown.values())
    points = {vertex: (x - left, top - y) for vertex, (x, y) in shown.items()}
    chains = {}
    for box in range(count):
        for way in _ways(box, links, count):
            chains[box, way[-1]] = tuple(points[vertex] for vertex in way)
    return Layout(places=tuple(points[number] for number in range(count)), chains=chains)


def _sugiyama(
    arcs: list[Arc], vertices: list[int], crossing: Crossing
) -> tuple[dict[int, Point], dict[int, list[int]]]:
    """Where fast-sugiyama puts the vertices, and what follows each; those it adds stand for passing a row."""
    numbers = {vertex: number for number, vertex in enumerate(vertices)}
    names = dict(enumerate(vertices))
    ((positions, _, _, edges),) = from_edges(
        sorted({(numbers[source], numbers[target]) for source, target in arcs}),
        vertex_spacing=1,
        dummy_vertices=True,
        ranking_type="minimize",
        crossing_minimization=crossing,
        check_layout=False,
    )
    links: dict[int, list[int]] = defaultdict(list)
    for source, target in edges or ():
        links[names.get(int(source), int(source))].append(names.get(int(target), int(target)))
    return {names.get(int(vertex), int(vertex)): place for vertex, place in positions}, links


def _ways(source: int, links: dict[int, list[int]], count: int) -> Iterator[list[int]]:
    """The ways from a box to its neighbours, through the vertices that stand for passing a row."""
    for first in links[source]:
        way = [source, first]
        while way[-1] > count:
            way.append(links[way[-1]][0])
        yield way


def _disorder(scene: Scene, layout: Layout) -> tuple[int, float]:
    """How many pairs of wires cross and of roots stand in the wrong order, and how far wires go sideways."""
    rows: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for wire in scene.wires:
        steps = list(pairwise(layout.chains.get((wire.source, wire.target), ())))
        for number, ((x, y), (next_x, _)) in enumerate(steps):
            leaving = wire.slot * HAIR if number == 0 else 0.0
            arriving = min(wire.input_nr, MOST) * HAIR if number == len(steps) - 1 else 0.0
            rows[y].append((x + leaving, next_x + arriving))
    pairs = (pair for row in rows.values() for pair in combinations(row, 2))
    crossings = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in pairs)
    roots = [place for box, (place, _) in zip(scene.boxes, layout.places, strict=True) if box.kind is Kind.ROOT]
    turned = sum(left > right for left, right in combinations(roots, 2))
    return crossings + turned, sum(abs(a - b) for row in rows.values() for a, b in row)
