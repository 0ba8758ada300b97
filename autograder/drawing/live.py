"""Live graphs, whoever recorded them (a student's package, the reference, PyTorch), as records that can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.drawing.scene import root_name
from autograder.model.ids import Language
from autograder.model.transcript import Graph
from autograder.model.workspace import COURSE_FILE
from autograder.probe.graph import graph_and_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveGraph:
    """A graph's record with the objects it was made from.

    Attributes:
        graph: the record.
        nodes: the node behind each of the record's nodes.
        roots: what the graph was entered at.
        names: a name for each root.
    """

    graph: Graph
    nodes: tuple[Any, ...]
    roots: tuple[Any, ...]
    names: tuple[str, ...]


def live_graph(roots: Sequence[Any], leaves: Mapping[str, Any], around: Mapping[str, Any]) -> LiveGraph:
    """The graph that is reached from tensors, nodes or edges.

    Leaves and roots are named by `leaves`, and by the variables `around` where those don't name them.

    Raises:
        TypeError: a root is none of the three, or a node's edges are not pairs (node, input_nr).
    """
    record, nodes = graph_and_nodes(roots, {**leaves, **_others(around, leaves)})
    names = tuple(
        next((name for name, value in around.items() if value is root), root_name((), number, len(roots)))
        for number, root in enumerate(roots)
    )
    graph = msgspec.convert(record, Graph)
    return LiveGraph(graph=graph, nodes=tuple(nodes), roots=tuple(roots), names=names)


def variables(frame: FrameType) -> dict[str, Any]:
    """The variables that code in a frame can see by name, its own first; those with a leading underscore are left out.

    Nothing is evaluated: names are only looked up, and compared by identity later.
    """
    seen = {**frame.f_locals, **{name: value for name, value in frame.f_globals.items() if name not in frame.f_locals}}
    return {name: value for name, value in seen.items() if name.isidentifier() and not name.startswith("_")}


def home_language(start: Path | None = None) -> Language:
    """The language of the workspace that a folder lies in, the current one by default; English outside of any."""
    folder = Path.cwd() if start is None else start
    file = next((each / COURSE_FILE for each in (folder, *folder.parents) if (each / COURSE_FILE).is_file()), None)
    if file is None:
        return Language("en")
    try:
        return Language(msgspec.json.decode(file.read_bytes(), type=_Told).language)
    except (OSError, msgspec.MsgspecError):  # a picture needs no more of the workspace
        return Language("en")


class _Told(msgspec.Struct):
    """As much of a workspace's record as matters here."""

    language: str = "en"


def _others(around: Mapping[str, Any], leaves: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in around.items() if name not in leaves}
