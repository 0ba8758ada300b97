"""A notebook runs on after a module was edited: `fresh` loads the package anew, whole or not at all."""

from __future__ import annotations

import importlib
import sys

import lessons.fresh
import pytest
from lessons.fresh import fresh


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A folder with a package of two modules, one of which uses the other."""
    (tmp_path / "little").mkdir()
    (tmp_path / "little/__init__.py").write_text("from .edge import Edge\nfrom .node import edge_of\n")
    (tmp_path / "little/edge.py").write_text("class Edge:\n    size = 1\n")
    (tmp_path / "little/node.py").write_text("from .edge import Edge\n\ndef edge_of():\n    return Edge()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path / "little"
    for name in [name for name in sys.modules if name.split(".")[0] == "little"]:
        del sys.modules[name]


def test_all_modules_are_new_together(package):
    """What one module takes from another is the new one's, too."""
    old = fresh("little")
    (package / "edge.py").write_text("class Edge:\n    size = 22\n")
    new = fresh("little")
    assert (old.Edge.size, new.Edge.size) == (1, 22)
    assert isinstance(new.edge_of(), new.Edge)
    assert not isinstance(old.edge_of(), new.Edge)


def test_a_module_that_is_wrong_leaves_the_last_good_package(package, capsys):
    """The sentence says what stopped it and where; every module is the one from before."""
    good = fresh("little")
    (package / "node.py").write_text("def edge_of(:\n")
    assert fresh("little") is good
    assert sys.modules["little.node"] is good.node
    printed = capsys.readouterr().out
    assert printed.startswith("little is as it was before your last change, which stopped with SyntaxError: ")
    assert f"({package / 'node.py'}:1)" in printed


def test_a_package_that_never_was_good_is_an_error(package):
    """There is nothing to go on with."""
    (package / "edge.py").write_text("raise RuntimeError('no edge')\n")
    with pytest.raises(RuntimeError, match="no edge"):
        fresh("little")


def test_a_notebook_on_another_python_is_told_which_kernel_to_choose(monkeypatch):
    """A Python that is too old, or lacks what the course needs, would fail somewhere inside the package."""
    monkeypatch.setattr(sys, "version_info", (3, 10))
    with pytest.raises(ImportError, match=r"is not the Python of this course: choose .venv as its kernel; if there is"):
        importlib.reload(lessons.fresh)
    monkeypatch.undo()
    importlib.reload(lessons.fresh)
