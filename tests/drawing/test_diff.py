"""The difference of two graphs as a picture and in words."""

from msgspec.structs import replace

from autograder.drawing import describe_diff, draw_diff
from autograder.drawing.pairing import pair_nodes
from tests.drawing.graphs import CONSTANT, SUM, SWAPPED, TWICE, graph
from tests.drawing.picture import Picture


def test_equal_graphs_have_no_marks():
    """Nothing is marked where nothing differs, and the description says so."""
    picture = Picture(draw_diff(SUM, SUM))
    assert not picture.badges()
    assert picture.description == "No difference."
    assert describe_diff(SUM, SUM) == ()


def test_an_accumulator_for_each_use_is_one_extra_and_one_missing_edge():
    """The second accumulator of x is extra, and the edge that should share the first is missing."""
    picture = Picture(draw_diff(SUM, TWICE))
    assert picture.badges() == {("+", "extra"), ("−", "missing")}
    assert describe_diff(SUM, TWICE) == (
        "Extra: AccumulateGrad(x) #2.",
        "Extra: slot 0 of PowBackward0 leads to AccumulateGrad(x) #2.",
        "Missing: slot 0 of PowBackward0 should lead to AccumulateGrad(x).",
    )


def test_swapped_edges_are_not_told_as_missing_and_extra():
    """Two edges in each other's slot are two changes, and the nodes behind them are the same."""
    assert Picture(draw_diff(SUM, SWAPPED)).badges() == {("⇄", "slot 0, expected 1"), ("⇄", "slot 1, expected 0")}
    assert describe_diff(SUM, SWAPPED) == (
        "Swapped: PowBackward0 is in slot 0 of AddBackward0, expected in slot 1.",
        "Swapped: MulBackward0 is in slot 1 of AddBackward0, expected in slot 0.",
    )


def test_a_dropped_empty_edge_is_missing():
    """An empty edge counts: the slot of a constant."""
    found = graph([0], ("AddBackward0", [1]), ("MulBackward0", [2, 2]), ("=x", []))
    assert describe_diff(CONSTANT, found) == ("Missing: slot 1 of AddBackward0 should lead to nothing (a constant).",)
    picture = Picture(draw_diff(CONSTANT, found))
    assert len(picture.all("ag-constant")) == 1
    assert ("−", "missing") in picture.badges()


def test_a_dropped_first_edge_moves_the_rest():
    """Where the first slot is lost, what follows is told to be in another slot."""
    expected = graph([0], ("AddBackward0", [None, 1]), ("=x", []))
    found = graph([0], ("AddBackward0", [1]), ("=x", []))
    assert describe_diff(expected, found) == (
        "Swapped: AccumulateGrad(x) is in slot 0 of AddBackward0, expected in slot 1.",
        "Missing: slot 0 of AddBackward0 should lead to nothing (a constant).",
    )


def test_a_wrong_name_is_told_once():
    """A node that only goes by another name keeps its edges unmarked."""
    found = replace(SUM, nodes=(replace(SUM.nodes[0], name="Add"), *SUM.nodes[1:]))
    assert describe_diff(SUM, found) == ("Renamed: Add was expected to be AddBackward0.",)
    assert Picture(draw_diff(SUM, found)).badges() == {("⇄", "expected AddBackward0")}


def test_another_input_is_told_with_both_numbers():
    """An edge to the right node but the wrong input."""
    expected = graph([0], ("AddBackward0", [(1, 1)]), ("SplitBackward0", []))
    found = graph([0], ("AddBackward0", [(1, 0)]), ("SplitBackward0", []))
    assert describe_diff(expected, found) == (
        "Changed: slot 0 of AddBackward0 leads to input 0 of SplitBackward0, expected input 1.",
    )
    assert Picture(draw_diff(expected, found)).badges() == {("⇄", "input 0, expected 1")}


def test_another_output_of_a_root():
    """A root that is the wrong output of the right node."""
    found = replace(SUM, roots=(replace(SUM.roots[0], output_nr=1),))
    assert describe_diff(SUM, found, roots=["out"]) == ("Changed: out is output 1 of AddBackward0, expected output 0.",)


def test_a_graph_that_was_not_recorded_at_all():
    """A root without a node, where a whole graph was expected."""
    sentences = describe_diff(SUM, graph(["constant"]), roots=["out"])
    assert "Missing: AddBackward0." in sentences
    assert "Missing: out should start at AddBackward0." in sentences
    assert "Extra: out starts at nothing (a constant)." in sentences


def test_a_missing_and_an_extra_root():
    """Roots that only one of the graphs has are marked."""
    two = graph([0, 0], ("AddBackward0", []))
    one = graph([0], ("AddBackward0", []))
    assert "Missing: root 1." in describe_diff(two, one)
    assert "Extra: root 1." in describe_diff(one, two)


def test_a_difference_deep_in_a_large_graph_is_shown():
    """What is cut away is what doesn't differ."""
    nodes = [("AddBackward0", [i + 1, None]) for i in range(300)]
    expected = graph([0], *nodes, ("=x", []))
    found = graph([0], *nodes[:250], ("MulBackward0", [251]), *nodes[251:], ("=x", []))
    picture = Picture(draw_diff(expected, found))
    assert picture.badges()
    assert any("This picture is cut" in text for text in picture.texts())


def test_every_mark_has_dashes_or_width_and_a_sign():
    """Colour is never the only sign of a difference."""
    svg = draw_diff(SUM, TWICE)
    assert ".ag-missing > .ag-path" in svg
    assert "stroke-dasharray: 7 4" in svg
    assert "stroke-dasharray: 12 3 2 3" in svg
    assert "stroke-width: 3" in svg


def test_nodes_alike_are_paired_before_nodes_in_place():
    """A swap is seen as a swap since names count before slots."""
    assert pair_nodes(SUM, SWAPPED) == {0: 0, 1: 2, 2: 1, 3: 3, 4: 4}


def test_a_difference_in_chinese():
    """Badges and sentences are in the reader's language."""
    assert {words for _, words in Picture(draw_diff(SUM, TWICE, language="zh")).badges()} == {"多出", "缺少"}
    assert all("expected" not in text for text in describe_diff(SUM, SWAPPED, language="zh"))


def test_a_wire_that_passes_beside_every_box_is_in_the_picture():
    """With its badge: h * h + x against h * x + x * 2, where h is x * y."""
    square = graph([0], ("A", [1, 2]), ("M", [3, 3]), ("=x", []), ("M", [2, 4]), ("=y", []))
    other = graph([0], ("A", [1, 2]), ("M", [3, 4]), ("M", [4, None]), ("M", [4, 5]), ("=x", []), ("=y", []))
    left, right = Picture(draw_diff(square, other)).reach()
    assert 0 < left < right < 1
