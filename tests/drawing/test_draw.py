"""One graph as a picture."""

import os
import subprocess
import sys
from itertools import combinations

import pytest
from msgspec.structs import replace

from autograder.drawing import draw
from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot
from tests.drawing.graphs import CONSTANT, SUM, graph
from tests.drawing.picture import Picture

LONG = graph([0], *[("AddBackward0", [i + 1, None]) for i in range(300)], ("=x", []))


def test_every_node_is_drawn_once_and_every_edge_has_an_arrow():
    """A shared accumulator is one box that two arrows reach."""
    picture = Picture(draw(SUM, roots=["out"]))
    assert len(picture.all("ag-operation")) == 3
    assert len(picture.all("ag-accumulator")) == 2
    assert len(picture.all("ag-wire")) == 6  # five edges, and one from the root
    assert {"out", "AddBackward0", "MulBackward0", "PowBackward0", "x", "y", "AccumulateGrad"} <= set(picture.texts())


def test_an_empty_edge_keeps_its_slot():
    """The constant of `x * x + 1` ends in a stub, so that slot 1 is seen."""
    picture = Picture(draw(CONSTANT))
    assert len(picture.all("ag-constant")) == 1
    assert "constant" in picture.texts()
    assert len(picture.all("ag-port")) == 4


def test_slots_lie_from_left_to_right():
    """The circles at which a node's edges leave stand in the order of the slots."""
    picture = Picture(draw(graph([0], ("CatBackward0", [1, None, 2, None]), ("=a", []), ("=b", []))))
    places = [float(port.get("cx")) for port in picture.all("ag-port")]
    assert len(places) == 4
    assert places == sorted(places)
    assert [text for text in picture.texts() if text.isdigit()] == ["0", "1", "2", "3"]


def test_input_numbers_are_written_where_they_are_not_all_zero():
    """Edges to different inputs of one node end at different, labelled places."""
    split = graph([0], ("AddBackward0", [(1, 0), (1, 1)]), ("SplitBackward0", [2]), ("=x", []))
    picture = Picture(draw(split))
    assert {"in 0", "in 1"} <= set(picture.texts())
    assert len(set(picture.tips())) == 4
    assert not any(text.startswith("in ") for text in Picture(draw(SUM)).texts())


def test_roots_that_have_no_node_are_told_apart():
    """A leaf and a constant are roots of their own, with words."""
    picture = Picture(draw(graph(["leaf", "constant"]), roots=["x", "c"]))
    assert {"x", "c", "leaf, no grad_fn", "constant"} <= set(picture.texts())
    assert "x starts at nothing (a leaf, which no operation made)." in picture.description


def test_a_root_by_its_output():
    """The number of an output is said when it isn't the first."""
    chunk = graph([0], ("SplitBackward0", [1]), ("=x", []))
    picture = Picture(draw(replace(chunk, roots=(GraphRoot(kind="node", node=0, output_nr=2),)), roots=["b"]))
    assert "in 2" in picture.texts()
    assert "b is output 2 of SplitBackward0." in picture.description


def test_the_description_tells_the_whole_graph():
    """Who can't see the picture reads the same, node by node."""
    description = Picture(draw(CONSTANT, roots=["out"])).description
    assert description == (
        "out starts at AddBackward0. "
        "AddBackward0: slot 0 leads to MulBackward0; slot 1 leads to nothing (a constant). "
        "MulBackward0: slot 0 leads to AccumulateGrad(x); slot 1 leads to AccumulateGrad(x)."
    )


def test_title_and_description_name_the_picture():
    """The picture is one image, labelled by ids that are its own."""
    picture = Picture(draw(SUM, title="out = x * y + x ** 2"))
    assert picture.root.get("role") == "img"
    labels = picture.root.get("aria-labelledby").split()
    assert [child.get("id") for child in list(picture.root)[:2]] == labels
    assert picture.title == "out = x * y + x ** 2"
    assert Picture(draw(SUM)).title == "Graph of a backward pass"


def test_pictures_of_different_graphs_have_different_ids():
    """Two pictures in one page don't name each other."""
    first, second = Picture(draw(SUM)), Picture(draw(CONSTANT))
    assert first.root.get("aria-labelledby") != second.root.get("aria-labelledby")


def test_hostile_names_stay_text():
    """A node's name can't become an element."""
    evil = "</text><script>alert(1)</script>&\"'"
    svg = draw(graph([0], (evil, [1]), (f"={evil}", [])), title=evil, roots=[evil])
    assert "<script" not in svg
    assert evil in Picture(svg).title


@pytest.mark.parametrize(
    "broken",
    [
        Graph(roots=(GraphRoot(kind="node", node=7),), nodes=()),
        Graph(roots=(), nodes=()),
        Graph(roots=(GraphRoot(kind="node", node=-1),), nodes=(GraphNode(name="", edges=(GraphEdge(9, -3),)),)),
        graph([0], ("AddBackward0", [0, 0])),
        graph([0, 0], ("AddBackward0", [1, 1]), ("MulBackward0", [0, 1])),
        Graph(roots=(), nodes=(GraphNode(name="AddBackward0", edges=(GraphEdge(0, 0),)),)),
        graph([0], ("CatBackward0", [None] * 5000)),
        graph([0] * 500, ("x" * 100_000, [])),
    ],
    ids=["no-such-node", "empty", "negative", "loop", "circle", "unreached", "many-edges", "many-roots"],
)
def test_any_graph_there_can_be_is_drawn(broken):
    """What a student's process sent may be circular, empty or wrong in its numbers, and of any size."""
    svg = draw(broken)
    Picture(svg)
    assert len(svg) < 200_000


def test_a_large_graph_is_cut_and_says_so():
    """The picture shows what is near the root, and how much it leaves out."""
    picture = Picture(draw(LONG, roots=["out"]))
    assert len(picture.all("ag-box")) < 130
    assert "out" in picture.texts()
    assert "This picture is cut: 482 more boxes are not drawn." in picture.texts()


def test_a_graph_that_was_recorded_in_part_says_so():
    """The walk's cap is told in the picture too."""
    picture = Picture(draw(replace(SUM, is_cut=True)))
    assert "The graph is larger than what was recorded of it." in picture.texts()


@pytest.mark.parametrize("count", [2, 12, 60])
def test_boxes_never_cover_each_other(count):
    """With 2 nodes as with 60."""
    nodes = [("MulBackward0", [i + 1, (i * 7 + 3) % (count - i) + i + 1]) for i in range(count - 1)]
    boxes = Picture(draw(graph([0], *nodes, ("=x", [])))).boxes()
    assert len(boxes) == count + 1
    for (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) in combinations(boxes, 2):
        assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top


def test_the_same_graph_gives_the_same_bytes_in_every_process():
    """Whatever the hash seed is."""
    code = "from tests.drawing.graphs import SUM; from autograder.drawing import draw; print(draw(SUM), end='')"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert other.stdout == draw(SUM)


def test_a_picture_in_chinese():
    """Words are translated, names of nodes are PyTorch's."""
    picture = Picture(draw(CONSTANT, language="zh"))
    assert picture.root.get("lang") == "zh"
    assert "常数" in picture.texts()
    assert "AddBackward0" in picture.description


def test_edges_are_drawn_in_the_order_of_their_slots():
    """A chain of layers, each with its input in slot 0 and its weight in slot 1, has no two crossing edges."""
    count = 6
    layers = [("MmBackward0", [number + 1, count + number]) for number in range(count - 1)]
    weights = [(f"=w{number}", []) for number in range(count)]
    boxes = Picture(draw(graph([0], *layers, ("MmBackward0", [None, 2 * count - 1]), *weights))).boxes()
    nodes, leaves = boxes[1:count], boxes[count : 2 * count - 1]
    assert all(node[0] < leaf[0] and node[1] == leaf[1] for node, leaf in zip(nodes, leaves, strict=True))


def test_roots_stand_in_their_order():
    """The first tensor is on the left."""
    split = graph([0, 1, "leaf", "constant"], ("AddBackward0", [1]), ("MulBackward0", [2]), ("=x", []))
    boxes = Picture(draw(split, roots=["a", "b", "c", "d"])).boxes()[-4:]
    assert boxes == sorted(boxes)


def test_wires_of_one_way_run_side_by_side():
    """Two edges to one box, past a row between, are two lines all the way."""
    long = graph([0], ("AddBackward0", [1, 2]), ("MulBackward0", [2, 2]), ("=x", []))
    far = graph([0], ("AddBackward0", [1, 2, 2]), ("NegBackward0", [2]), ("=x", []))
    for one in (long, far):
        lines = Picture(draw(one)).lines()
        assert len({tuple(line) for line in lines}) == len(lines)
        middles = [point for line in lines for point in line[4:-3]]
        assert len(set(middles)) == len(middles)
