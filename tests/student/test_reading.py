"""Where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.model.check import Check, Truth, Visibility
from autograder.model.ids import CheckId, ExerciseId
from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot
from autograder.model.verdict import Cause, Difference
from autograder.student.choosing import chosen_exercise
from autograder.student.picture import write_picture
from autograder.student.reading import place, read_next

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home


@pytest.mark.parametrize(
    ("exercise", "where"),
    [
        ("sums.twice", "tiny/sums.py:1"),
        ("sums.Box.size", "tiny/sums.py:7"),
        ("play.half", "lessons/01_play.ipynb"),
    ],
)
def test_an_exercise_has_a_place(root: Path, home: Home, exercise: str, where: str) -> None:
    """The line of its function, or its notebook."""
    assert place(root, home, chosen_exercise(home, exercise)) == where


@pytest.mark.parametrize("text", ["def (", "x = 1", "\0", None])
def test_a_place_without_a_line_is_the_file(root: Path, home: Home, text: str | None) -> None:
    """Where the module is broken, or the function gone, or all of it."""
    (root / "tiny/sums.py").unlink()
    if text is not None:
        (root / "tiny/sums.py").write_text(text, encoding="utf-8")
    assert place(root, home, chosen_exercise(home, "sums.Box.size")) == "tiny/sums.py"


def test_one_reads_the_docstring_the_lesson_and_a_hint(root: Path, home: Home) -> None:
    """What there is of these."""
    assert list(read_next(root, home, "sums.twice")) == [
        "Read next: what twice promises, in its docstring at tiny/sums.py:1",
        "Stuck? `autograder hint sums.twice`",
    ]
    assert list(read_next(root, home, "powers.fourfold"))[1:] == ["The lesson to it: lessons/01_play.ipynb"]
    assert list(read_next(root, home, "play.half")) == [
        "Read next: the cell of half in lessons/01_play.ipynb, and the text above it"
    ]


CHECK = Check(
    id=CheckId("test::sum"),
    exercise=ExerciseId("sums.twice"),
    title="Twice is a sum.",
    visibility=Visibility.PUBLIC,
    points=0,
    truth=Truth.REFERENCE,
    file="",
    line=1,
    source="def test_sum(torch, see):\n    see.graph(loss, x=x)\n",
    function="test_sum",
)


def graph(*edges: tuple[int | None, int]) -> Graph:
    """A node with these edges, above an accumulator."""
    nodes = (
        GraphNode(name="MulBackward0", edges=tuple(GraphEdge(node, slot) for node, slot in edges)),
        GraphNode(name="AccumulateGrad", edges=(), leaf="x"),
    )
    return Graph(roots=(GraphRoot(kind="node", node=0),), nodes=nodes)


def test_a_difference_of_graphs_is_a_picture_and_words(root: Path, home: Home) -> None:
    """The file is named; each difference is a sentence, in the workspace's language."""
    graphs = graph((1, 0), (None, 0)), graph((None, 0), (1, 0))
    difference = Difference(path="out.grad_fn", expected="a", found="b", line=2, graphs=graphs)
    picture = write_picture(root, CHECK, Cause(message="", difference=difference), home.language)
    assert picture is not None
    assert picture.path == "pictures/difference.svg"
    svg = (root / picture.path).read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert all(shown in svg for shown in ("Twice is a sum.", "loss"))
    assert any("MulBackward0" in told for told in picture.sentences)


def test_another_cause_has_no_picture(root: Path, home: Home) -> None:
    """Nothing is written then."""
    assert write_picture(root, CHECK, Cause(message="x"), home.language) is None
    assert not (root / "pictures").exists()
