"""The instructor's page of a student."""

import json

import pytest
from msgspec.structs import replace

from autograder.report import student_page
from autograder.report.notebook import Piece, pieces
from tests.report.reader import Page
from tests.report.samples import ANN, BOB, CLEO, DAN, EVE, site

PNG = "iVBORw0KGgo="
CELLS = [
    {"cell_type": "markdown", "source": ["# One\n", "two"]},
    {
        "cell_type": "code",
        "source": "draw()",
        "outputs": [
            {"output_type": "stream", "text": ["a\n", "b"]},
            {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "<Figure>"}},
            {"output_type": "execute_result", "data": {"text/plain": ["7"], "text/html": "<b>7</b>"}},
            {"output_type": "error", "traceback": ["\x1b[31mValueError\x1b[0m", "no"]},
        ],
    },
]


def test_all_is_shown_to_the_instructor():
    """Cause, path, both sides, picture, output, source, ids and places."""
    verdicts = tuple(replace(verdict, output="printed") for verdict in BOB[1])
    page = Page(student_page(BOB[0], verdicts, site()))
    for told in (
        "out.grad_fn.next_functions[1]: expected (None, 0), found nothing",
        "Expected (None, 0)",
        "Missing: slot 0 of PowBackward0 should lead to AccumulateGrad(x).",
        "printed",
        "def test(): ...",
        "solutions/checks/test_node.py:12",
        "test_node::test_constant",
        "namespaces",
        "mytorch/node.py is not valid Python from line 3 on: invalid syntax",
    ):
        assert told in page.text
    assert len(page.all("svg")) == 1
    assert page.all("a")[1]["href"] == "../index.html"
    assert "../checks/test_constant.html" in [anchor["href"] for anchor in page.all("a")]


def test_checks_of_one_title_are_told_apart_by_their_parameters():
    """As their ids say."""
    score = replace(ANN[0].checks[1], id="test_edge::test_equal[two-slots]")
    page = Page(student_page(replace(ANN[0], checks=(score,)), (), site(checks=())))
    assert [text for text in page.words if text == "two-slots"] == ["two-slots"]


def test_failures_are_open_and_successes_closed():
    """What needs a look is seen at once."""
    opened = ["open" in details for details in Page(student_page(*ANN, site())).all("details")]
    assert not any(opened)
    assert sum("open" in details for details in Page(student_page(*BOB, site())).all("details")) == 3


def test_what_passed_is_counted_in_one_line():
    """So that failures come first; the checks are inside."""
    text = Page(student_page(*EVE, site())).text
    assert text.index("A constant has no node.") < text.rindex("✓ passed 2 checks") < text.index("A long chain ends.")


def test_many_failures_are_told_in_a_line_each():
    """None lies open, and each says why in its line."""
    many = tuple(replace(check, id=f"{check.id}[{number}]") for number in range(9) for check in BOB[0].checks[3:4])
    page = Page(student_page(replace(BOB[0], checks=many), (), site(checks=())))
    assert not any("open" in details for details in page.all("details"))
    reasons = [attributes for _, attributes in page.elements if attributes.get("class") == "reason"]
    assert len(reasons) == 9


def test_a_traceback_is_shown():
    """Where the student's code raised."""
    page = Page(student_page(*CLEO, site()))
    assert 'File "mytorch/node.py", line 31, in apply' in page.text


def test_a_result_alone_is_enough():
    """Without verdicts and checks, as from an old file, the result's own sentences are shown."""
    page = Page(student_page(BOB[0], (), site(checks=())))
    assert "out.grad_fn.next_functions[1]: expected (None, 0), found nothing" in page.text


def test_what_is_not_graded_has_no_points():
    """A dash, not a zero."""
    assert "– / 6" in Page(student_page(*DAN, site())).text


def test_a_notebook_is_shown_as_it_ran():
    """Cells, printed text, images and errors, without terminal colours and without foreign HTML."""
    assert pieces(json.dumps({"cells": CELLS}).encode()) == (
        Piece(kind="markdown", text="# One\ntwo"),
        Piece(kind="code", text="draw()"),
        Piece(kind="output", text="a\nb"),
        Piece(kind="image", text=PNG),
        Piece(kind="output", text="7"),
        Piece(kind="error", text="ValueError\nno"),
    )
    page = Page(student_page(*ANN, site(), notebooks={"n.ipynb": json.dumps({"cells": CELLS}).encode()}))
    assert page.all("img")[0]["src"] == f"data:image/png;base64,{PNG}"
    assert not page.all("b")


@pytest.mark.parametrize(
    "notebook",
    [b"", b"not JSON", b"\xff", b"[]", b'{"cells": 3}', b'{"cells": [3, {"outputs": "x"}, {"source": [1]}]}', b"null"],
)
def test_a_broken_notebook_shows_nothing(notebook):
    """What isn't understood is left out, and said."""
    assert pieces(notebook) == ()
    page = Page(student_page(*ANN, site(), notebooks={"n.ipynb": notebook}))
    assert "Nothing of it could be read." in page.text


def test_an_image_that_is_not_base64_is_no_image():
    """An output can't leave the quotes of its address."""
    output = {"output_type": "display_data", "data": {"image/png": '" onload="x', "text/plain": "figure"}}
    notebook = {"cells": [{"cell_type": "code", "source": "", "outputs": [output]}]}
    assert pieces(json.dumps(notebook).encode()) == (Piece(kind="output", text="figure"),)
