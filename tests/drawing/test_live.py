"""Live graphs drawn by `draw` and `draw.diff`: names, values, words."""

from __future__ import annotations

import json
from types import SimpleNamespace

import mytorch
import pytest

import autograder
from autograder import draw
from autograder.drawing.live import home_language, variables
from autograder.drawing.numbers import value_text
from autograder.model.workspace import COURSE_FILE
from tests.drawing.picture import Picture
from tests.drawing.programs import diamond, outputs, stand_in


def tensor(values):
    """A leaf."""
    return mytorch.tensor(values, requires_grad=True)


def test_leaves_and_root_are_named_by_the_callers_variables():
    """Nothing needs to be said that the notebook's names say already."""
    weight, bias = tensor(2.0), tensor(3.0)
    loss = weight * 4 + bias
    picture = Picture(draw(loss)._repr_svg_())
    assert {"loss", "weight", "bias"} <= set(picture.texts())


def test_a_keyword_names_a_leaf_before_all_variables():
    """Also with a name that no variable could have."""
    weight = tensor(2.0)
    texts = Picture(draw(weight * 4, **{"layer.weight": weight}).svg).texts()
    assert "layer.weight" in texts
    assert {"weight", "weight = 2"}.isdisjoint(texts)


def test_a_leaf_without_a_name_is_an_accumulator():
    """Variables with a leading underscore, such as IPython's `_1`, name nothing."""
    _1 = tensor(2.0)
    drawn = draw(_1 * 4)
    assert "_1" not in Picture(drawn.svg).texts()
    assert "root starts at MulBackward0." in repr(drawn)


def test_names_are_looked_up_only():
    """Variables are compared by identity; one that can't be compared does no harm."""

    class Prickly:
        def __eq__(self, other):
            raise RuntimeError

        __hash__ = None

    thorn, x = Prickly(), tensor(2.0)
    assert "x" in Picture(draw(x * 2).svg).texts()
    assert thorn is not None


def test_a_functions_own_variables_hide_those_of_its_module():
    """As Python itself looks names up."""
    frame = SimpleNamespace(f_locals={"x": 1, "_y": 2}, f_globals={"x": 3, "z": 4})
    assert variables(frame) == {"x": 1, "z": 4}


def test_several_roots():
    """Each has its own name."""
    x = tensor(2.0)
    first, second = x * 2, x * 3
    assert {"first", "second"} <= set(Picture(draw(first, second).svg).texts())


def test_values_and_shapes_on_demand():
    """Leaf values and gradients, saved values, shapes, and all of it in the words, too."""
    x, y = tensor([1.0, 2.0]), tensor(3.0)
    out = x * y
    assert not any("=" in text for text in Picture(draw(out).svg).texts())
    x.grad = mytorch.tensor([0.5, float("nan")])
    drawn = draw(out, values=True, shapes=True)
    notes = {"x = [1, 2]", "x.grad = [0.5, nan]", "y.grad = None", "_saved_other = 3", "shape (2,)", "out = [3, 6]"}
    assert notes <= set(Picture(drawn.svg).texts())
    assert "AccumulateGrad(x) shows: shape (2,); x = [1, 2]; x.grad = [0.5, nan]." in repr(drawn).splitlines()


def test_saved_values_that_are_gone_say_what_asking_for_them_raises():
    """After a backward pass."""
    x = tensor(2.0)
    out = x.exp()
    out.backward()
    assert "_saved_result: RuntimeError" in Picture(draw(out, values=True).svg).texts()


def test_the_shapes_of_all_outputs_of_a_node():
    """A node of several outputs takes several gradients."""
    out, leaves = outputs(mytorch)
    assert "shapes (2,), (2,), (2,)" in Picture(draw(out, shapes=True, **leaves).svg).texts()


def test_the_same_graph_gives_the_same_bytes():
    """Built twice, drawn twice."""
    first, second = diamond(mytorch), diamond(mytorch)
    assert draw(first[0], values=True, **first[1]).svg == draw(second[0], values=True, **second[1]).svg


def test_a_graph_that_can_only_be_looked_at():
    """Stand-ins for recorded tensors are drawn like tensors."""
    out, x = stand_in()
    assert "x" in Picture(draw(out, values=True).svg).texts()
    assert x.requires_grad


def test_what_is_no_graph_is_refused():
    """With the words that the checks use."""
    with pytest.raises(TypeError, match="the graph of an int was asked for, expected a tensor, a node or an edge"):
        draw(3)


def test_a_difference_names_the_leaves_that_both_graphs_share():
    """Swapped operands of the same two leaves."""
    x, y = tensor(2.0), tensor(3.0)
    difference = draw.diff(x * y, y * x)
    assert "Swapped: AccumulateGrad(y) is in slot 0 of MulBackward0, expected in slot 1." in difference.sentences
    assert ("⇄", "slot 0, expected 1") in Picture(difference._repr_html_()).badges()


def test_leaves_of_two_graphs_are_named_in_pairs():
    """The expected graph's first."""
    (one, named), (other, also) = diamond(mytorch), diamond(mytorch)
    pairs = {name: (named[name], also[name]) for name in named}
    assert draw.diff(one, other, **pairs).sentences == ("The two graphs are equal.",)
    crossed = {"x": (named["x"], also["y"]), "y": (named["y"], also["x"])}
    assert any(line.startswith("Swapped") for line in draw.diff(one, other, **crossed).sentences)


def test_the_language_is_that_of_the_workspace(tmp_path):
    """Found at or above the folder, and English where nothing is found or nothing can be read."""
    (tmp_path / "lessons").mkdir()
    assert home_language(tmp_path) == "en"
    file = tmp_path / COURSE_FILE
    file.parent.mkdir()
    file.write_text(json.dumps({"language": "zh", "of": "a newer course"}), "utf-8")
    assert home_language(tmp_path / "lessons") == "zh"
    file.write_text("{", "utf-8")
    assert home_language(tmp_path) == "en"


def test_a_language_can_be_asked_for():
    """Whatever the workspace's is."""
    x = tensor(2.0)
    assert "通向" in repr(draw(x * 2, language="zh"))


def test_the_package_brings_draw_when_asked():
    """And nothing that it doesn't have."""
    assert autograder.draw is draw
    with pytest.raises(AttributeError, match="module 'autograder' has no attribute 'paint'"):
        autograder.paint  # noqa: B018 - asking is enough


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (123456, "123456"),
        (1 / 7, "0.1429"),
        (float("inf"), "inf"),
        ((2, 3), "[2, 3]"),
        ("a" * 40, "'" + "a" * 24 + "…"),
        (mytorch.tensor([[1.0, 2.0], [3.0, 4.0]]), "[[1, 2], [3, 4]]"),
        (mytorch.tensor(2.0), "2"),
        (mytorch.zeros(0), "[]"),
        (mytorch.zeros(3, 4), "(3, 4) [0, 0, …]"),
        (mytorch.zeros(400, 300), "(400, 300)"),
        (object(), "object"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_values_in_few_characters(value, text):
    """Small tensors whole, larger ones by shape and first numbers."""
    assert value_text(value) == text
