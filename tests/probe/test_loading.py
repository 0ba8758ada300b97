"""A candidate is loaded from memory or a folder; what goes wrong is a record, never an exception."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from autograder import probe


def test_a_package_is_imported_from_memory() -> None:
    """Its modules find each other, relatively and by name."""
    files = {
        "fake/__init__.py": b"from .edge import ANSWER\nimport fake.deep.node\n",
        "fake/edge.py": b"ANSWER = 42\n",
        "fake/deep/node.py": b"from ..edge import ANSWER\n",
    }
    candidate = probe.load(files, "fake")
    assert candidate.failure is None
    assert candidate.module.ANSWER == candidate.module.deep.node.ANSWER == 42


def test_lessons_are_a_package_too() -> None:
    """Without an `__init__.py`; they see the candidate."""
    probe.load(
        {"fake/__init__.py": b"x = 1", "lessons/first.py": b"import fake as torch\ndef f(): return torch.x"}, "fake"
    )
    from lessons.first import f  # noqa: PLC0415

    assert f() == 1


def test_what_is_compiled_already_is_not_compiled_again() -> None:
    """As long as path and text are the same; what a student changed is compiled from the student's text."""
    shared = {"fake/__init__.py": b"from .edge import ANSWER\nfrom .node import NODE", "fake/edge.py": b"ANSWER = 42"}
    codes = probe.compiled([*shared.items(), ("fake/node.py", b"NODE = 'old'"), ("fake/edge.py", b"ANSWER =")])
    codes["fake/edge.py", b"ANSWER = 42"] = compile("ANSWER = 43", "fake/edge.py", "exec")
    module = probe.load(shared | {"fake/node.py": b"NODE = 'new'"}, "fake", codes=codes).module
    assert (module.ANSWER, module.NODE) == (43, "new")


def test_other_top_level_names_are_left_alone() -> None:
    """A candidate brings its package and lessons, no other module."""
    files = {
        "fake/__init__.py": b"import json",
        "json.py": b"raise SystemExit",
        "json/__init__.py": b"raise SystemExit",
    }
    assert probe.load(files, "fake").failure is None


def test_a_package_that_is_installed_can_be_the_candidate() -> None:
    """The same check runs on real PyTorch."""
    assert probe.load({}, "json").module is sys.modules["json"]


def test_unloading_gives_back_what_was_there() -> None:
    """A module of that name that was imported before is imported again."""
    import json  # noqa: PLC0415

    probe.load({"json/__init__.py": b"dumps = None"}, "json")
    assert sys.modules["json"] is not json
    probe.unload()
    assert sys.modules["json"] is json


def test_the_next_candidate_takes_the_place_of_the_one_before() -> None:
    """Nothing is left of the first one's modules."""
    probe.load({"fake/__init__.py": b"from . import old", "fake/old.py": b""}, "fake")
    candidate = probe.load({"fake/__init__.py": b"import fake.old"}, "fake")
    assert candidate.failure is not None
    assert candidate.failure["text"] == "No module named 'fake.old'"


@pytest.mark.parametrize(
    ("code", "kind", "text"),
    [
        (b"raise SystemExit(3)", "SystemExit", "3"),
        (b"1 / 0", "ZeroDivisionError", "division by zero"),
        (b"import nothing_of_the_sort", "ModuleNotFoundError", "No module named 'nothing_of_the_sort'"),
        (
            b"\xff\xfe",
            "SyntaxError",
            "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte; is it saved as UTF-8?",
        ),
        (b"x = 1\0", "SyntaxError", "source code string cannot contain null bytes; is it saved as UTF-8?"),
    ],
)
def test_what_goes_wrong_at_import_is_a_record(code: bytes, kind: str, text: str) -> None:
    """Whatever it is, `SystemExit` too."""
    failure = probe.load({"fake/__init__.py": code}, "fake").failure
    assert failure is not None
    assert (failure["type"], failure["text"]) == (kind, text)


def test_a_syntax_error_is_placed_in_its_file() -> None:
    """The record has the file's name, the line, and the text that is no Python."""
    failure = probe.load({"fake/__init__.py": b"from . import edge", "fake/edge.py": b"\n\ndef f(:\n"}, "fake").failure
    assert failure is not None
    assert failure["place"] == {"file": "fake/edge.py", "line": 3, "function": ""}
    assert failure["traceback"] == '  File "fake/edge.py", line 3\n    def f(:\nSyntaxError: invalid syntax'


def test_a_file_that_is_no_text_is_named() -> None:
    """Python itself names the file that imports it."""
    files = {"fake/__init__.py": b"from . import edge", "fake/edge.py": "x = 1\n".encode("utf-16")}
    failure = probe.load(files, "fake").failure
    assert failure is not None
    assert failure["place"] == {"file": "fake/edge.py", "line": 1, "function": ""}
    assert failure["text"].endswith("invalid start byte; is it saved as UTF-8?")


def test_text_of_another_encoding_is_no_python() -> None:
    """Not even in a comment, where Python itself lets it pass: the grader doesn't."""
    failure = probe.load({"fake/__init__.py": "x = 1\n# caf\xe9\n".encode("latin-1")}, "fake").failure
    assert failure is not None
    assert failure["place"] == {"file": "fake/__init__.py", "line": 2, "function": ""}
    assert failure["text"].endswith("; is it saved as UTF-8?")


def test_tracebacks_show_the_students_lines() -> None:
    """Also those that Python itself writes."""
    candidate = probe.load({"fake/__init__.py": b"def f():\n    return 1 / 0  # here\n"}, "fake")
    with pytest.raises(ZeroDivisionError) as caught:
        candidate.module.f()
    assert "return 1 / 0  # here" in "".join(traceback.format_exception(caught.value))


def test_a_folder_is_a_candidate(tmp_path: Path) -> None:
    """Code keeps the paths of its files, for debuggers, and is shown by paths inside the folder."""
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "__init__.py").write_text("def f(): raise NotImplementedError")
    candidate = probe.load_folder(tmp_path, "fake")
    assert candidate.module.f.__code__.co_filename == str(tmp_path / "fake" / "__init__.py")
    assert candidate.files == {str(tmp_path / "fake" / "__init__.py"): "fake/__init__.py"}


def test_a_missing_package_is_a_record() -> None:
    """A folder without the package is no exception of ours."""
    failure = probe.load({}, "fake").failure
    assert failure is not None
    assert failure["text"] == "No module named 'fake'"


def test_the_probe_works_when_its_files_are_copied_elsewhere(tmp_path: Path) -> None:
    """As a top-level package, in an interpreter that has nothing of ours and nobody's packages."""
    (tmp_path / "probe").mkdir()
    for path in Path(probe.__file__).parent.glob("*.py"):
        (tmp_path / "probe" / path.name).write_bytes(path.read_bytes())
    script = """
import json, probe
candidate = probe.load({"fake/__init__.py": b"answer = 42"}, "fake")
source = "def test_it(torch, see): see.value(torch.answer)"
task = {"id": "a::b", "source": source, "function": "test_it", "arguments": {}, "seed": 1}
print(json.dumps(probe.run(task, candidate)["entries"][0]["observation"]["value"]["data"]))
"""
    arguments: list[Any] = [sys.executable, "-S", "-E", "-c", script]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "42\n"


def test_nothing_of_an_import_that_failed_is_left_for_the_next() -> None:
    """Modules that were imported before the one that failed are forgotten with it."""
    broken = probe.load(
        {"fake/__init__.py": b"from fake import a, b", "fake/a.py": b"x = 1", "fake/b.py": b"1 / 0"}, "fake"
    )
    assert broken.failure is not None
    mended = probe.load(
        {"fake/__init__.py": b"from fake import a, b", "fake/a.py": b"x = 2", "fake/b.py": b"y = 3"}, "fake"
    )
    assert mended.module.a.x == 2
