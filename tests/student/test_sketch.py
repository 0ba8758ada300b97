"""Student code records a graph in a process of its own, whatever it does there."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import Language
from autograder.student.sketch import Drawn, Raised, Sketch, sketch

PACKAGE = Path(__file__).parents[2] / "solutions" / "mytorch"
START_S = 60


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the whole package in it, to stand in."""
    (tmp_path / "mytorch").symlink_to(PACKAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drawn(root: Path, source: str, limit_s: float = START_S, **options: Any) -> Drawn | Raised:
    """The answer for a source."""
    wanted = Sketch(source=source, language=Language("en"), **{"package": "mytorch", **options})
    return sketch(root, wanted, limit_s)


def test_an_expression_is_drawn_with_leaves_of_its_own(root: Path) -> None:
    """Named as they are written, with values where they are asked for."""
    answer = drawn(root, "x * y + 1", has_values=True)
    assert isinstance(answer, Drawn)
    assert answer.text.startswith("<svg")
    assert "x * y + 1" in answer.text
    assert {"out starts at AddBackward0.", "AccumulateGrad(y) shows: shape (); y = 3; y.grad = None."} <= {
        *answer.sentences
    }


def test_a_film_is_a_page(root: Path) -> None:
    """With the words of all frames."""
    answer = drawn(root, "x * x", is_backward=True)
    assert isinstance(answer, Drawn)
    assert answer.text.startswith("<!doctype html>")
    assert "Step 1 of 2: MulBackward0 runs" in answer.sentences


def test_a_script_is_run_and_one_of_its_variables_drawn(root: Path) -> None:
    """`out`, or the one that is named; modules beside the script are found, and what it prints goes nowhere."""
    (root / "deep").mkdir()
    (root / "deep" / "helper.py").write_text("def twice(x): return x * 2\n")
    lines = ["import mytorch", "from helper import twice", "w = mytorch.tensor(1.0, requires_grad=True)"]
    (root / "deep" / "script.py").write_text("\n".join([*lines, "print(w)", "out = twice(w)", "loss = out + 1"]))
    first, second = drawn(root, "deep/script.py"), drawn(root, "deep/script.py:loss")
    assert isinstance(first, Drawn)
    assert isinstance(second, Drawn)
    assert first.sentences[0] == "out starts at MulBackward0."
    assert second.sentences[0] == "loss starts at AddBackward0."
    with pytest.raises(UsageError, match="there is no variable 'gone' to draw: name another one"):
        drawn(root, "deep/script.py:gone")
    with pytest.raises(UsageError, match=r"none\.py can't be read \(No such file"):
        drawn(root, "none.py")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x + ", "SyntaxError: invalid syntax"),
        ("x / nothing[0]", "in <module>"),
        ("3", "TypeError: the graph of an int was asked for, expected a tensor, a node or an edge"),
        ("raise SystemExit('enough'); x", "SystemExit: enough"),
    ],
)
def test_what_the_code_raises_is_told(root: Path, source: str, told: str) -> None:
    """With the student's own lines only."""
    answer = drawn(root, source)
    assert isinstance(answer, Raised)
    assert told in answer.traceback
    assert "sketching" not in answer.traceback


def test_a_package_that_cant_be_imported_is_told(tmp_path: Path) -> None:
    """By its own line."""
    (tmp_path / "mytorch").mkdir()
    (tmp_path / "mytorch" / "__init__.py").write_text("1 / 0\n")
    answer = drawn(tmp_path, "x * 2")
    assert isinstance(answer, Raised)
    assert 'File "mytorch/__init__.py", line 1' in answer.traceback


def test_code_that_never_ends_is_ended(root: Path) -> None:
    """With all that it started."""
    told = root / "pid"
    sleeper = f"import subprocess; p = subprocess.Popen(['sleep', '600']); open({str(told)!r}, 'w').write(str(p.pid))"
    with pytest.raises(UsageError, match="not finished after 4 seconds"):
        drawn(root, f"{sleeper}\nwhile True: pass\nx", limit_s=4)
    stat = Path(f"/proc/{told.read_text()}/stat")
    for _ in range(100):
        if not stat.exists() or stat.read_text().split(")")[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(int(told.read_text()), 9)
    pytest.fail("what the code started lives on")


def test_code_that_ends_python_is_told(root: Path) -> None:
    """No answer is an answer."""
    with pytest.raises(UsageError, match="Python ended while it ran 'import os"):
        drawn(root, "import os; os._exit(3); x")


def test_what_can_not_be_filmed_is_told(root: Path) -> None:
    """The film's own words."""
    with pytest.raises(UsageError, match="x was made by no recorded operation"):
        drawn(root, "x", is_backward=True)


def test_without_python_nothing_is_drawn(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's fault."""
    monkeypatch.setattr(sys, "executable", str(root / "nothing"))
    with pytest.raises(MachineError, match=r"can't be started \(No such file"):
        drawn(root, "x * 2")


@pytest.mark.torch
def test_pytorchs_graph(root: Path) -> None:
    """Of the very same expression."""
    pytest.importorskip("torch")
    ours, theirs = drawn(root, "x * y"), drawn(root, "x * y", package="torch")
    assert ours == theirs
