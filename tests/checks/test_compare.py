"""Two transcripts are compared: the first difference is told as a path that one can type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.checks.compare import compare
from autograder.checks.values import shown
from autograder.model.check import Check, Visibility
from autograder.model.transcript import (
    Count,
    Entry,
    Failure,
    Graph,
    PlainValue,
    Seen,
    SequenceValue,
    TensorValue,
    Transcript,
)
from autograder.model.verdict import Outcome, Verdict

MakeCheck = Callable[..., Check]
Transcribe = Callable[[Check, str], Transcript]

MUL = "out.grad_fn.next_functions[0][0]"


@pytest.fixture
def judge(make_check: MakeCheck, transcribe: Transcribe, package: str) -> Callable[[str, str], Verdict]:
    """The verdict on a package that is changed by some lines, on a check of that body."""

    def verdict(body: str, change: str) -> Verdict:
        check = make_check(body)
        return compare(transcribe(check, package), transcribe(check, package + change), check)

    return verdict


Judge = Callable[[str, str], Verdict]


@pytest.mark.parametrize("change", ["", "m.own_name = 'fake::MulBackward0'", "m.next_functions = [(a, 0), (a, 0)]"])
def test_a_right_candidate_passes(judge: Judge, change: str) -> None:
    """However it is built inside."""
    assert judge("out, x = torch.out, torch.x\nsee.graph(out, x=x)\nsee.grad(x)", change).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("add.next_functions = ((m, 0),)", "out.grad_fn.next_functions[1]: expected (None, 0), found nothing"),
        ("add.next_functions += ((None, 0),)", "out.grad_fn.next_functions[2]: expected nothing more, found (None, 0)"),
        (
            "add.next_functions = ((m, 0), (m, 0))",
            "out.grad_fn.next_functions[1]: expected (None, 0), found (MulBackward0, 0)",
        ),
        (
            "add.next_functions = ((m, 1), (None, 0))",
            "out.grad_fn.next_functions[0]: expected (MulBackward0, 0), found (MulBackward0, 1)",
        ),
        ("add.own_name = 'SubBackward0'", "out.grad_fn: expected AddBackward0, found SubBackward0"),
        ("out.grad_fn = None", "out.grad_fn: expected AddBackward0, found None"),
        ("out.output_nr = 1", "out.output_nr: expected 0, found 1"),
        ("out = None", "out: expected Tensor, found None"),
        ("out = add", "out: expected Tensor, found Node"),
        ("m.own_name = 'Power'", "out.grad_fn.next_functions[0]: expected (MulBackward0, 0), found (Power, 0)"),
        (
            "m.next_functions = ((a, 0), (b, 0))",
            f"{MUL}.next_functions[1]: expected (AccumulateGrad(x), 0), found (AccumulateGrad(?), 0)",
        ),
        (
            "m.next_functions = ((a, 0), (Node('AccumulateGrad', variable=x), 0))",
            f"{MUL}.next_functions[1][0]: expected the same node as {MUL}.next_functions[0][0], found another node",
        ),
        (
            "m.next_functions = ((m, 0), (a, 0))",
            f"{MUL}.next_functions[0]: expected (AccumulateGrad(x), 0), found (MulBackward0, 0)",
        ),
    ],
)
def test_the_first_difference_of_two_graphs(judge: Judge, change: str, words: str) -> None:
    """A path to the edge or node, what was expected there, and what was found."""
    verdict = judge("out = torch.out\nsee.graph(\n    out, x=torch.x,\n)", change)
    assert verdict.outcome is Outcome.FAILED
    assert verdict.cause is not None
    assert str(verdict.cause) == words
    assert verdict.cause.difference is not None
    assert verdict.cause.difference.line == 3
    assert verdict.cause.difference.graphs is not None


def test_nodes_that_should_be_two(judge: Judge) -> None:
    """Sharing that should not be is told too."""
    verdict = judge("node = torch.Node('Add', (torch.a, 0), (torch.b, 0))\nsee.graph(node)", "b = a")
    path = "node.next_functions"
    assert str(verdict.cause) == f"{path}[1][0]: expected a node of its own, found the same node as {path}[0][0]"


def test_a_leaf_and_a_constant_are_told_apart(judge: Judge) -> None:
    """By what makes the difference: `requires_grad`."""
    verdict = judge("see.graph(torch.x)", "x.requires_grad = False")
    assert str(verdict.cause) == "torch.x.requires_grad: expected True, found False"


def test_an_edge_is_a_root_of_its_own_kind(judge: Judge) -> None:
    """Its node is reached by `function`, its number by `input_nr`."""
    body = "edge = torch.Edge(torch.m, torch.out.output_nr)\nsee.graph(edge)"
    assert str(judge(body, "out.output_nr = 1").cause) == "edge.input_nr: expected 0, found 1"
    assert str(judge(body, "m.own_name = 'B'").cause) == "edge.function: expected MulBackward0, found B"


def test_a_long_path_leaves_its_middle_out(judge: Judge) -> None:
    """A difference at the far end of a chain of 5,000 nodes has a path that fits on a line."""
    body = """
    node = torch.out.grad_fn
    for _ in range(5000):
        node = torch.Node('Step', (node, 0))
    see.graph(node)
    """
    words = str(judge(body, "m.own_name = 'Other'").cause)
    assert words.endswith("next_functions[0]: expected (MulBackward0, 0), found (Other, 0)")
    assert "…" in words
    assert words.startswith("node.next_functions[0][0].next_functions[0][0]")
    assert len(words) < 250


def test_a_graph_without_end(make_check: MakeCheck, transcribe: Transcribe, package: str) -> None:
    """Where it goes on after all that was expected was found, the count is told."""
    check = make_check("see.graph(torch.out)")
    expected = transcribe(check, package)
    graph = expected.entries[0].observation
    assert isinstance(graph, Graph)
    cut = Graph(roots=graph.roots, nodes=graph.nodes, is_cut=True)
    verdict = compare(expected, Transcript(entries=(Entry(line=1, observation=cut),)), check)
    assert str(verdict.cause) == "torch.out: expected a graph of 3 nodes, found no end after 3 nodes"


@pytest.mark.parametrize(
    ("expression", "change", "words"),
    [
        ("value(torch.x", "x.numbers = (1.0, 3.0)", "torch.x[1]: expected 2.0, found 3.0"),
        ("value(torch.x", "x.numbers = (1.0, float('nan'))", "torch.x[1]: expected 2.0, found nan"),
        ("value(torch.x", "x.shape = (1, 2)", "torch.x.shape: expected (2,), found (1, 2)"),
        ("value(torch.x", "x.dtype = 'float32'", "torch.x.dtype: expected float64, found float32"),
        ("value(torch.x", "x.numbers = (1.0,)", "torch.x[1]: expected 2.0, found nothing"),
        ("value(torch.x", "x.numbers = (1.0, 2.0, 3.0)", "torch.x.tolist(): expected nothing more, found 3.0"),
        ("value(torch.x", "x = None", "torch.x: expected tensor([1.0, 2.0]), found None"),
        (
            "value((1, [torch.m.name()])",
            "m.own_name = 'B'",
            "(1, [torch.m.name()])[1][0]: expected 'MulBackward0', found 'B'",
        ),
        ("grad(torch.x", "x.grad = y", "torch.x.grad: expected None, found tensor([1.0, 2.0])"),
        ("order(torch.events()", "events = lambda: ['a', 'c']", "torch.events()[1]: expected 'b', found 'c'"),
        ("order(torch.events()", "events = lambda: ['a']", "torch.events()[1]: expected 'b', found nothing"),
        ("order(torch.events()", "events = lambda: [*'abc']", "torch.events()[2]: expected nothing more, found 'c'"),
        ("count(len(torch.events())", "events = list", "len(torch.events()): expected 2, found 0"),
        ("identical(torch.x, torch.out", "out = x", "torch.x is torch.out: expected False, found True"),
        ("alive(torch.ref", "ref = lambda: None", "torch.ref() is not None: expected True, found False"),
        ("value(torch.x.requires_grad", "x.requires_grad = 1", "torch.x.requires_grad: expected True, found 1"),
        ("value(torch.y", "y = Edge()", "torch.y: expected tensor([1.0, 2.0]), found <Edge object>"),
        ("value([1, 2], torch.label", "label = 'b'", "[1, 2] (a): expected 'a', found 'b'"),
    ],
)
def test_the_first_difference_of_other_observations(
    make_check: MakeCheck, transcribe: Transcribe, package: str, expression: str, change: str, words: str
) -> None:
    """Each kind has a path that one can type."""
    check = make_check(f"see.{expression})")
    package += "events = lambda: ['a', 'b']\nref = lambda: 1\nlabel = 'a'\n"
    verdict = compare(transcribe(check, package), transcribe(check, package + change), check)
    assert verdict.outcome is Outcome.FAILED
    assert str(verdict.cause) == words


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("raise RuntimeError('no')", "pass", "expected that RuntimeError('no') is raised, found no exception"),
        (
            "raise RuntimeError('no')",
            "raise KeyError(1)",
            "expected that RuntimeError('no') is raised, found KeyError('1')",
        ),
        ("raise RuntimeError", "raise NotImplementedError", "something that this calls is not written yet"),
        ("pass", "raise KeyError(1)", "expected no exception, found KeyError('1')"),
    ],
)
def test_the_first_difference_of_what_is_raised(
    make_check: MakeCheck, transcribe: Transcribe, right: str, wrong: str, words: str
) -> None:
    """The path is the block's own text."""
    check = make_check("with see.raises(text=True):\n    torch.f()")
    verdict = compare(transcribe(check, f"def f(): {right}"), transcribe(check, f"def f(): {wrong}"), check)
    assert str(verdict.cause) == f"torch.f(): {words}"


def test_a_label_stands_behind_the_path(judge: Judge) -> None:
    """It tells the rounds of a loop apart."""
    verdict = judge("for name in 'xy':\n    see.value(getattr(torch, name), name)", "y = 1")
    assert str(verdict.cause) == "getattr(torch, name) (y): expected tensor([1.0, 2.0]), found 1"


def test_roots_given_as_a_list_are_items_of_it(judge: Judge) -> None:
    """`see.graph(*outs)` reads as `outs[1]`."""
    verdict = judge("outs = [torch.x, torch.out]\nsee.graph(torch.x, *outs)", "out = x")
    assert str(verdict.cause) == "outs[1].grad_fn: expected AddBackward0, found None"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("Edge.is_valid = stub", "Edge.is_valid in fake/__init__.py is not written yet"),
        (
            "def failing(self): return {}['key']\nEdge.is_valid = failing",
            "failing in fake/__init__.py raised in line 24: KeyError: 'key'",
        ),
        ("Edge = None", "line 2 of the check raised: TypeError: 'NoneType' object is not callable"),
        ("1 / 0", "importing fake/__init__.py raised in line 24: ZeroDivisionError: division by zero"),
        ("x = (", "fake/__init__.py is not valid Python from line 24 on: '(' was never closed"),
        (
            "raise NotImplementedError('later')",
            "importing fake/__init__.py raised in line 24: NotImplementedError: later",
        ),
    ],
)
def test_an_exception_of_the_students_code(judge: Judge, change: str, words: str) -> None:
    """It is the cause only where what was seen before was right; a stub is one that is not written yet."""
    stub = "class Edge:\n    def is_valid(self): raise NotImplementedError\n"
    verdict = judge("see.value(torch.Edge().is_valid())", stub if "stub" in change else change)
    assert verdict.outcome is Outcome.ERRORED
    assert str(verdict.cause) == words


def test_a_stub_of_nobodys_is_not_written_yet(make_check: MakeCheck) -> None:
    """Without a place, nobody is named; without a line, none is."""
    check = make_check("see.count(1)")
    expected = Transcript(entries=(Entry(line=2, observation=Count(count=1)),))
    causes = []
    for name in ("NotImplementedError", "MemoryError"):
        found = Transcript(entries=(), failure=Failure(type=name, text=""))
        causes.append(str(compare(expected, found, check).cause))
    assert causes == ["something that this check calls is not written yet", "the check raised: MemoryError"]


def test_what_differs_first_comes_before_what_is_raised_later(judge: Judge) -> None:
    """The first place at which two transcripts part gives the message."""
    verdict = judge("see.count(torch.out.output_nr)\ntorch.f()", "out.output_nr = 3\ndef f(): 1 / 0")
    assert verdict.outcome is Outcome.FAILED


def test_more_and_fewer_entries(make_check: MakeCheck) -> None:
    """A flow that the candidate changed is told at the entry that is too many or missing."""
    check = make_check("see.count(1)\nsee.value(2)")
    one = Entry(line=2, observation=Count(count=1))
    two = Entry(line=3, observation=Seen(value=PlainValue(type="int", data=2)))
    short, long = Transcript(entries=(one,)), Transcript(entries=(one, two))
    cut = Transcript(entries=(one,), is_cut=True)
    assert str(compare(long, short, check).cause) == "2: expected see.value, found nothing"
    assert str(compare(short, long, check).cause) == "2: expected nothing more, found see.value"
    assert str(compare(Transcript(entries=(two,)), short, check).cause) == "2: expected see.value, found see.count"
    assert str(compare(long, cut, check).cause) == ("more was observed than a check may hold: 1 observations were kept")


def test_output_is_kept_for_public_checks_only(make_check: MakeCheck) -> None:
    """Students are shown nothing that a candidate says in a hidden check."""
    printed = Transcript(entries=(), output="hello")
    public, hidden = make_check("pass"), make_check("pass", visibility=Visibility.HIDDEN)
    assert compare(printed, printed, public).output == "hello"
    assert compare(printed, printed, hidden).output == ""


def test_a_tuple_of_one_is_told_with_its_comma() -> None:
    """As Python writes it: without the comma it would be the thing itself in brackets."""
    one = PlainValue(type="int", data=1)
    assert shown(SequenceValue(type="tuple", items=(one,))) == "(1,)"
    assert shown(SequenceValue(type="tuple", items=(one, one))) == "(1, 1)"
    assert shown(SequenceValue(type="list", items=(one,))) == "[1]"


def test_equal_is_not_the_same(make_check: MakeCheck) -> None:
    """No tensor of truth values holds 1, though Python finds it equal to `True`."""
    right, forged = (
        Transcript(entries=(Entry(line=2, observation=Seen(value=TensorValue(shape=(), dtype="bool", data=(data,)))),))
        for data in (True, 1)
    )
    assert compare(right, right, make_check("see.value(torch.x)")).outcome is Outcome.PASSED
    assert compare(right, forged, make_check("see.value(torch.x)")).outcome is Outcome.FAILED
