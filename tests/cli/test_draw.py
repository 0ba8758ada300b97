"""`autograder draw`, as a student types it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from autograder.cli.main import app
from autograder.model.course import Limits
from autograder.model.errors import UsageError
from autograder.model.ids import Language
from autograder.model.workspace import COURSE_FILE, Home

if TYPE_CHECKING:
    from click.testing import Result

PACKAGE = Path(__file__).parents[2] / "solutions" / "mytorch"
HOME = Home(
    course="c", title="C", language=Language("en"), level="standard", package="mytorch", seed=0,
    limits=Limits(cell_cpu_s=20), units=(),
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the whole package in it, to stand in."""
    root = tmp_path.resolve()
    (root / "mytorch").symlink_to(PACKAGE)
    (root / COURSE_FILE).parent.mkdir()
    (root / COURSE_FILE).write_bytes(msgspec.json.encode(HOME))
    monkeypatch.chdir(root)
    return root


def run(*arguments: Any) -> Result:
    """What the verb printed and how it ended."""
    result = CliRunner().invoke(app, ["draw", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_picture_and_its_words(root: Path) -> None:
    """The picture goes where the others are, the words to the terminal."""
    result = run("x * y + 1")
    assert result.exit_code == 0
    file = root / "pictures" / "graph.svg"
    assert result.stdout.splitlines() == [
        "out starts at AddBackward0.",
        "AddBackward0: slot 0 leads to MulBackward0; slot 1 leads to nothing (a constant).",
        "MulBackward0: slot 0 leads to AccumulateGrad(x); slot 1 leads to AccumulateGrad(y).",
        "",
        f"The picture: {file}",
    ]
    assert file.read_text("utf-8").startswith("<svg")


def test_a_film_where_it_is_wanted(root: Path) -> None:
    """With values, in a file of one's own."""
    result = run("x * x", "--backward", "--out", "film.html")
    assert result.exit_code == 0
    assert "  It would add 4 to x.grad: None becomes 4." in result.stdout.splitlines()
    assert (root / "film.html").read_text("utf-8").startswith("<!doctype html>")
    assert run("x * x", "--backward").stdout.rstrip().endswith("backward.html")


def test_values_are_shown_on_demand(root: Path) -> None:
    """Shapes, too."""
    assert "AccumulateGrad(x) shows: shape (); x = 2; x.grad = None." in run("x * x", "--values").stdout
    assert (root / "pictures" / "graph.svg").exists()


def test_the_words_are_in_the_workspaces_language(root: Path) -> None:
    """As all that a student reads."""
    (root / COURSE_FILE).write_bytes(msgspec.json.encode(msgspec.structs.replace(HOME, language=Language("zh"))))
    assert "图片：" in run("x * x").stdout


def test_an_exception_is_told_and_nothing_is_written(root: Path) -> None:
    """Exit code 1: the student's code is at fault, not the call."""
    result = run("1 / 0 * x")
    assert result.exit_code == 1
    assert re.match(r"1 / 0 \* x can't be drawn, since it raised:\n\n.*ZeroDivisionError", result.stdout, re.DOTALL)
    assert not (root / "pictures").exists()


def test_a_picture_never_takes_the_place_of_anything_else(root: Path) -> None:
    """A file that is no picture is not written over, by its name."""
    work = root / "work.py"
    work.write_text("mine")
    with pytest.raises(UsageError, match=r"work\.py is no name for this picture: end it in \.svg"):
        run("x * x", "--out", work)
    with pytest.raises(UsageError, match=r"graph\.svg is no name for this picture: end it in \.html"):
        run("x * x", "--backward", "--out", "graph.svg")
    assert work.read_text() == "mine"
