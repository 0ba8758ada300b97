"""Whatever transcript a candidate's process sends, the verdict is a verdict, never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.checks.causes import blamed
from autograder.checks.compare import compare
from autograder.checks.words import words
from autograder.model.ids import Language
from autograder.model.transcript import Failure, Place, Transcript
from autograder.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.model.check import Check

BODY = """
see.graph(torch.out, x=torch.x)
see.value(torch.x)
see.value((1.5, [None, 'a', 2]))
see.order(['a', 'b'])
with see.raises(text=True):
    raise KeyError(1)
"""

wholes = st.integers(-3, 5) | st.just(10**400) | st.just(-(2**64))
numbers = (
    wholes | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["nan", "inf", "-inf"]) | st.booleans()
)
texts = st.text(st.characters(codec="utf-8"), max_size=5) | st.just("{path}") | st.just("x" * 5_000)
edges = st.tuples(st.none() | wholes, wholes)
names = st.sampled_from(["AddBackward0", "MulBackward0", "AccumulateGrad", ""]) | texts
nodes = st.fixed_dictionaries(
    {"name": names, "edges": st.lists(edges, max_size=4)}, optional={"leaf": st.none() | texts}
)
roots = st.fixed_dictionaries(
    {"kind": st.sampled_from(["node", "leaf", "constant"])},
    optional={"node": st.none() | wholes, "output_nr": wholes, "via": st.sampled_from(["grad_fn", "function", ""])},
)
plain = st.fixed_dictionaries(
    {
        "kind": st.just("plain"),
        "type": st.sampled_from(["int", "float", "bool", "str", "NoneType"]),
        "data": st.none() | numbers | texts,
    }
)
tensors = st.fixed_dictionaries(
    {
        "kind": st.just("tensor"),
        "shape": st.lists(wholes, max_size=3),
        "dtype": st.sampled_from(["float64", "float32", "bool"]) | texts,
        "data": st.lists(numbers, max_size=4),
    }
)
values = st.recursive(
    plain | tensors | st.fixed_dictionaries({"kind": st.just("other"), "type": texts}),
    lambda inner: st.fixed_dictionaries(
        {"kind": st.just("sequence"), "type": st.sampled_from(["tuple", "list"]), "items": st.lists(inner, max_size=3)}
    ),
    max_leaves=6,
)
observations = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("graph"),
            "roots": st.lists(roots, min_size=0, max_size=2),
            "nodes": st.lists(nodes, max_size=5),
            "is_cut": st.booleans(),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("value"), "value": values}),
    st.fixed_dictionaries({"kind": st.just("grad"), "value": st.none() | tensors}),
    st.fixed_dictionaries({"kind": st.just("raises"), "type": st.none() | texts, "text": st.none() | texts}),
    st.fixed_dictionaries({"kind": st.just("order"), "events": st.lists(texts, max_size=3)}),
    st.fixed_dictionaries({"kind": st.just("count"), "count": wholes}),
)
entries = st.fixed_dictionaries({"line": wholes, "observation": observations}, optional={"label": texts})
places = st.fixed_dictionaries({"file": texts, "line": wholes, "function": texts})
failures = st.fixed_dictionaries(
    {"type": st.sampled_from(["NotImplementedError", "SyntaxError"]) | texts, "text": texts},
    optional={"place": places, "traceback": texts},
)
transcripts = st.fixed_dictionaries({"entries": st.lists(entries, max_size=6)}, optional={"failure": failures})


@pytest.fixture
def honest(
    make_check: Callable[..., Check], transcribe: Callable[[Check, str], Transcript], package: str
) -> tuple[Check, Transcript]:
    """A check, and what it should see."""
    check = make_check(BODY)
    return check, transcribe(check, package)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=transcripts, kept=st.integers(0, 4))
def test_a_forged_transcript_gets_a_verdict(honest: tuple[Check, Transcript], raw: dict[str, Any], kept: int) -> None:
    """Honest at first, forged from some entry on; the cause can be said in every language."""
    check, expected = honest
    forged = msgspec.convert(raw, Transcript)
    found = msgspec.structs.replace(forged, entries=(*expected.entries[:kept], *forged.entries))
    verdict = compare(expected, found, check)
    assert (verdict.cause is None) == (verdict.outcome is Outcome.PASSED)
    if verdict.cause is not None:
        assert words(verdict.cause, Language("zh"))
        assert len(str(verdict.cause)) < 20_000


def graph(*nodes: tuple[str, list[tuple[int | None, int]]], root: int | None = 0) -> dict[str, Any]:
    """A transcript of one graph."""
    records = [{"name": name, "edges": edges} for name, edges in nodes]
    roots = [{"kind": "node", "node": root}]
    return {"entries": [{"line": 2, "observation": {"kind": "graph", "roots": roots, "nodes": records}}]}


@pytest.mark.parametrize(
    "forged",
    [
        graph(("A", [(1, 0), (1, 0)]), ("B", [(0, 0)])),
        graph(("A", [(1, 0), (7, 0)]), ("B", [])),
        graph(("A", [(1, 0), (-1, 0)]), ("B", [])),
        graph(("A", [(1, 0), (None, 0)]), ("B", [(1, 0)])),
        graph(("A", [(1, 0), (1, 10**400)]), ("B", [])),
        graph(("B", []), ("A", [(0, 0), (0, 0)]), root=1),
        graph(("A", [(1, 0), (1, 0)]), ("B", []), ("C", [])),
        graph(root=None),
        {"entries": []},
    ],
)
def test_a_forged_graph_never_passes(make_check: Callable[..., Check], forged: dict[str, Any]) -> None:
    """Cycles, numbers that no node has, and numberings that no observer writes."""
    expected = msgspec.convert(graph(("A", [(1, 0), (1, 0)]), ("B", [])), Transcript)
    verdict = compare(expected, msgspec.convert(forged, Transcript), make_check("see.graph(torch.out)"))
    assert verdict.outcome is Outcome.FAILED


def test_long_names_are_cut_in_a_cause() -> None:
    """Whatever a forged failure calls its file and function, each is cut and says so."""
    place = Place(file="x" * 10_000, line=1, function="y" * 10_000)
    cause = blamed(Failure(type="KeyError", text="z" * 10_000, place=place))
    assert [len(cause.values[name]) for name in ("file", "function", "error")] == [4001, 4001, 4001]
    assert cause.values["file"].endswith("…")
