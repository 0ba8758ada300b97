"""What an observer wrote down while a check ran. Decoded strictly, since a student's process sends it."""

from __future__ import annotations

from typing import Literal

from autograder.model.record import Record

Number = int | float | Literal["nan", "inf", "-inf"]  # JSON has no NaN, and `null` means "no gradient"


class TensorValue(Record, frozen=True, tag="tensor", tag_field="kind"):
    """A tensor's numbers in row-major order; `shape` () is a single number."""

    shape: tuple[int, ...]
    dtype: str  # without the module: "float32"
    data: tuple[Number | bool, ...]


class PlainValue(Record, frozen=True, tag="plain", tag_field="kind"):
    """A Python number, truth value, string or None; a float that JSON can't hold is its tagged string."""

    type: Literal["int", "float", "bool", "str", "NoneType"]
    data: int | float | bool | str | None


class SequenceValue(Record, frozen=True, tag="sequence", tag_field="kind"):
    """A tuple or a list, in order."""

    type: Literal["tuple", "list"]
    items: tuple[Value, ...]


class OtherValue(Record, frozen=True, tag="other", tag_field="kind"):
    """Anything else, by the name of its type."""

    type: str


Value = TensorValue | PlainValue | SequenceValue | OtherValue


class GraphEdge(Record, frozen=True, array_like=True):
    """An edge to a node, by its number in the graph; an empty edge has no node."""

    node: int | None
    input_nr: int


class GraphNode(Record, frozen=True):
    """A node by name with its edges in order; for an accumulator, `leaf` is the check's name of the leaf it feeds."""

    name: str
    edges: tuple[GraphEdge, ...]
    leaf: str | None = None


class GraphRoot(Record, frozen=True):
    """Where a graph was entered: a computed tensor has a node, a leaf or a constant has none."""

    kind: Literal["node", "leaf", "constant"]
    node: int | None = None
    output_nr: int = 0
    via: Literal["grad_fn", "function", ""] = "grad_fn"  # what leads from the check's argument to the node


class Graph(Record, frozen=True, tag="graph", tag_field="kind"):
    """A graph, its nodes numbered breadth-first from the roots in edge order.

    Two graphs are equal exactly when these records are: sharing shows as one number reached twice.
    """

    roots: tuple[GraphRoot, ...]
    nodes: tuple[GraphNode, ...]
    is_cut: bool = False  # the walk stopped at its cap


class Seen(Record, frozen=True, tag="value", tag_field="kind"):
    """A value, and how far from it another may lie; the tolerances count on the expected side only."""

    value: Value
    rtol: float | None = None  # None: by dtype
    atol: float | None = None


class Grad(Record, frozen=True, tag="grad", tag_field="kind"):
    """A tensor's `.grad`; None where there is none."""

    value: TensorValue | None
    rtol: float | None = None
    atol: float | None = None


class Raised(Record, frozen=True, tag="raises", tag_field="kind"):
    """What a block raised: the nearest built-in type's name, None for nothing; its text only where the check asks."""

    type: str | None
    text: str | None = None


class Order(Record, frozen=True, tag="order", tag_field="kind"):
    """Events, in order."""

    events: tuple[str, ...]


class Count(Record, frozen=True, tag="count", tag_field="kind"):
    """How many."""

    count: int


class Alive(Record, frozen=True, tag="alive", tag_field="kind"):
    """Whether a weak reference still lives."""

    is_alive: bool


class Identical(Record, frozen=True, tag="identical", tag_field="kind"):
    """Whether two things are one."""

    is_identical: bool


Observation = Graph | Seen | Grad | Raised | Order | Count | Alive | Identical


class Entry(Record, frozen=True):
    """One observation and where the check made it; the line is shown, never compared."""

    line: int
    observation: Observation
    label: str | None = None


class Place(Record, frozen=True):
    """A line of the student's code."""

    file: str  # "mytorch/edge.py"
    line: int
    function: str = ""  # "Edge.is_valid"; empty at the module's own level


class Failure(Record, frozen=True):
    """The exception that ended a check's body."""

    type: str
    text: str
    line: int | None = None  # of the check
    traceback: str = ""  # the student's frames only
    place: Place | None = None  # the innermost of them, or where a file stops being Python


class Transcript(Record, frozen=True):
    """All that a check saw, in order, and how its body ended."""

    entries: tuple[Entry, ...]
    failure: Failure | None = None
    is_cut: bool = False  # more was observed than a transcript may hold
    output: str = ""  # what the body printed, cut at the limit; shown to students for public checks only
