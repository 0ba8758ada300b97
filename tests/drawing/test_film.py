"""The film of a backward pass: its words, its pictures, what it leaves alone and what it refuses."""

from __future__ import annotations

import re

import mytorch
import pytest

from autograder import draw
from autograder.model.errors import UsageError
from tests.drawing.picture import Picture
from tests.drawing.programs import PROGRAMS, diamond, really, rehearsed, stand_in


def pictures(film):
    """The pictures of a film, frame by frame."""
    found = re.findall(r"<svg(.*?</svg>)", film._repr_html_(), re.DOTALL)
    return [Picture(f'<svg xmlns="http://www.w3.org/2000/svg"{svg}') for svg in found]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_a_rehearsal_is_what_the_engine_does(program):
    """Same order, same gradients in every buffer, on the reference."""
    out, leaves = program(mytorch)
    assert rehearsed(out, leaves) == really(out, leaves)


def test_the_words_of_the_diamond():
    """Frame by frame: who runs, what it takes and sends, who is ready, who waits."""
    out, leaves = diamond(mytorch)
    film = draw.backward(out, **leaves)
    lines = [line if len(line) < 110 else f"{line[:102]}…" for line in repr(film).splitlines()]
    assert lines[:16] == [
        "A backward pass, step by step",
        "Before the first step",
        "  Each node waits for as many gradients as edges lead to it; AddBackward0 has got the first gradient, 1.",
        "  Ready queue: AddBackward0",
        "  Waiting: MulBackward0 waits for 1; AccumulateGrad(x) waits for 2; MulBackward0 #2 waits for 2; Accum…",
        "Step 1 of 5: AddBackward0 runs",
        "  It takes 1 out of its buffer.",
        "  It sends 1 to MulBackward0.",
        "  It sends 1 to AccumulateGrad(x).",
        "  Ready queue: MulBackward0",
        "  Waiting: AccumulateGrad(x) waits for 1, has 1; MulBackward0 #2 waits for 2; AccumulateGrad(y) waits for 1",
        "Step 2 of 5: MulBackward0 runs",
        "  It takes 1 out of its buffer.",
        "  It sends 6 to MulBackward0 #2.",
        "  It sends 6 to MulBackward0 #2.",
        "  Ready queue: MulBackward0 #2",
    ]
    assert "  It would add 37 to x.grad: None becomes 37." in film.sentences


def test_each_frame_shows_states_by_shape_sign_and_words():
    """One node runs, and the boxes stand still."""
    out, leaves = diamond(mytorch)
    frames = pictures(draw.backward(out, **leaves))
    assert len(frames) == 7
    assert [len(frame.all("ag-running")) for frame in frames] == [0, 1, 1, 1, 1, 1, 0]
    assert [len(frame.all("ag-done")) for frame in frames] == [0, 0, 1, 2, 3, 4, 5]
    assert all(frame.boxes() == frames[0].boxes() for frame in frames)
    assert {"▶ runs now", "takes 12", "● ready", "buffer 37", "✓ done", "took 1"} <= set(frames[3].texts())
    assert frames[3].badges() == {("↓", "36"), ("↓", "24")}
    assert frames[0].badges() == {("↓", "1")}
    assert "x.grad = 37" in frames[5].texts()


def test_nothing_is_changed():
    """No gradient, no saved tensor, no hook; the real pass afterwards is the first one."""
    out, leaves = diamond(mytorch)
    called = []
    leaves["x"].register_hook(called.append)
    leaves["y"].grad = mytorch.tensor(5.0)
    film = draw.backward(out, **leaves)
    assert leaves["x"].grad is None
    assert leaves["y"].grad.item() == 5.0
    assert called == []
    assert "  It would add 24 to y.grad: 5 becomes 29." in film.sentences
    out.backward()
    assert leaves["y"].grad.item() == 29.0


def test_a_leaf_that_wants_no_gradient_any_more_keeps_what_it_has():
    """As an accumulator would do."""
    x = mytorch.tensor(2.0, requires_grad=True)
    out = x * 3
    x.requires_grad_(False)
    assert "  It would add 3 to x.grad: None becomes None." in draw.backward(out).sentences


def test_the_pass_starts_with_the_gradient_that_is_given():
    """Needed where the root has several elements."""
    x = mytorch.tensor([1.0, 2.0], requires_grad=True)
    out = x * 3
    film = draw.backward(out, mytorch.tensor([1.0, 10.0]))
    assert "  It would add [3, 30] to x.grad: None becomes [3, 30]." in film.sentences
    with pytest.raises(UsageError, match=r"out has 2 elements: say with which gradient the pass starts"):
        draw.backward(out)


def test_a_freed_graph_is_shown_without_its_values():
    """What can't be computed any more is a question mark, with the reason."""
    x = mytorch.tensor(2.0, requires_grad=True)
    out = x.exp() + 1
    out.backward()
    lines = draw.backward(out).sentences
    fault = next(line for line in lines if "could not be run" in line)
    assert "RuntimeError: Trying to backward through the graph a second time" in fault
    assert "  It would add ? to x.grad: 7.389 becomes ?." in lines


def test_sums_of_unknown_gradients_are_unknown():
    """One arm of a sum is freed, the other is not."""
    x = mytorch.tensor(2.0, requires_grad=True)
    arm = x.exp()
    arm.backward()
    assert "  It takes ? out of its buffer." in draw.backward(arm + x).sentences


def test_a_graph_that_can_only_be_looked_at_is_filmed_without_values():
    """The order is there all the same, and a footnote says why there are no numbers."""
    out, x = stand_in()
    lines = draw.backward(out, x=x).sentences
    assert "  It sends ? to AccumulateGrad(x)." in lines
    assert lines[-1] == "This graph can only be looked at, not run: a ? stands for each gradient."


def test_a_graph_with_a_circle_ends_with_what_still_waits():
    """A wrong edge, as a student's module might make it."""
    out, x = stand_in()
    node = out.grad_fn
    node.next_functions = ((node.next_functions[0][0], 0), (node, 0))
    lines = draw.backward(out, x=x).sentences
    assert "Nothing is ready, yet the pass is not over" in lines
    assert "  What still waits never becomes ready: its edges lead in a circle." in lines


def test_a_leaf_has_no_backward_pass():
    """Nothing was recorded."""
    x = mytorch.tensor(2.0, requires_grad=True)
    with pytest.raises(UsageError, match="x was made by no recorded operation, so no backward pass starts at it"):
        draw.backward(x)


def test_a_film_that_nobody_would_watch_is_refused():
    """Too many nodes for as many frames."""
    out = mytorch.tensor(2.0, requires_grad=True)
    for _ in range(70):
        out = out + 1
    with pytest.raises(UsageError, match="the graph has 71 nodes, more than the 60 that a film can show"):
        draw.backward(out)


def test_the_same_pass_gives_the_same_bytes():
    """Recorded twice, filmed twice."""
    first, second = diamond(mytorch), diamond(mytorch)
    assert draw.backward(first[0], **first[1]).page == draw.backward(second[0], **second[1]).page


def test_the_page_needs_nothing_from_anywhere():
    """No address but the one that names SVG, and a policy that lets nothing be fetched."""
    out, leaves = diamond(mytorch)
    page = draw.backward(out, **leaves).page
    assert set(re.findall(r"https?://[^\s\"']+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in page
    assert "@import" not in page


def test_names_of_students_stay_text():
    """A node's name can't become an element of the page."""
    out, x = stand_in("</text><script>alert(1)</script>")
    film = draw.backward(out, x=x, title="<script>")
    assert film.page.count("<script") == 1


def test_a_film_in_chinese():
    """Pictures, captions and buttons."""
    out, leaves = diamond(mytorch)
    film = draw.backward(out, language="zh", **leaves)
    assert "● 就绪" in pictures(film)[0].texts()
    assert "播放" in film.html
    assert not re.search(r"\b(ready|buffer|Step|waits)\b", repr(film))
