"""`autograder check`, in a workspace of one module made by hand."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from autograder.cli.main import app
from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, Home
from autograder.student.checking import chosen
from autograder.student.workspace import find_workspace

HOME = {
    "course": "tiny",
    "title": "Tiny",
    "language": "en",
    "level": "standard",
    "package": "tiny",
    "seed": 0,
    "limits": {},
    "units": [
        {
            "id": unit,
            "title": unit.title(),
            "modules": ["sums.py"],
            "lesson": None,
            "needs": [],
            "exercises": [{"id": f"{unit}.{name}", "target": f"tiny/sums.py::{name}"} for name in names],
        }
        for unit, names in {"sums": ["twice", "thrice"], "later": ["never"]}.items()
    ],
}
CHECKS = '''
from autograder import exercise

@exercise("later.never", truth="reference")
def test_never(torch, see):
    """Never is nothing."""
    see.value(torch.sums.never())

@exercise("sums.thrice", truth="reference")
def test_thrice(torch, see):
    """Three times 2 is 6."""
    see.value(torch.sums.thrice(2))

@exercise("sums.twice", truth="reference")
def test_twice(torch, see):
    """Two times 2 is 4."""
    see.value(torch.sums.twice(2))
'''
MODULE = """
def twice(n):
    return n + n

def thrice(n):
    return n + n

def never():
    raise NotImplementedError
"""


def transcript(value: object) -> dict[str, object]:
    """What a check saw that looked at one plain value."""
    kind = type(value).__name__
    return {
        "entries": [
            {"line": 1, "observation": {"kind": "value", "value": {"kind": "plain", "type": kind, "data": value}}}
        ]
    }


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with three checks: one passes, one doesn't, one meets a stub."""
    files = {
        COURSE_FILE: json.dumps(HOME),
        EXPECTED_FILE: json.dumps(
            {
                "test_tiny::test_twice": transcript(4),
                "test_tiny::test_thrice": transcript(6),
                "test_tiny::test_never": transcript(None),
            }
        ),
        "checks/test_tiny.py": CHECKS,
        "tiny/__init__.py": "from tiny import sums as sums\n",
        "tiny/sums.py": MODULE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_is_told_in_the_courses_order_and_the_first_fault_is_explained(workspace: Path) -> None:
    """Each exercise has a line; the first that does not pass, in course order, has the explanation."""
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:5] == [
        "Sums",
        "  ✓ sums.twice: 1 of 1 checks pass",
        "  ✗ sums.thrice: 0 of 1 checks pass",
        "Later",
        "  · later.never: not written yet",
    ]
    assert "Three times 2 is 6." in result.output
    assert "Never is nothing." not in result.output


@pytest.mark.parametrize("name", ["sums.twice"])
def test_one_exercise_can_be_checked_alone(workspace: Path, name: str) -> None:
    """What passes ends with exit code 0 and no explanation."""
    result = CliRunner().invoke(app, ["check", name])
    assert (result.exit_code, result.output) == (0, "Sums\n  ✓ sums.twice: 1 of 1 checks pass\n")


def test_a_workspace_is_found_from_any_folder_inside(workspace: Path) -> None:
    """A student may stand in a subfolder."""
    assert find_workspace(workspace / "tiny") == workspace


def test_outside_of_a_workspace_there_is_nothing_to_check(tmp_path: Path) -> None:
    """The sentence names the folder and the remedy."""
    with pytest.raises(UsageError, match=r"is no workspace and lies in none: go to the folder that holds \.course"):
        find_workspace(tmp_path)


def test_an_unknown_name_is_refused_with_the_names_that_there_are() -> None:
    """The units are listed."""
    home = msgspec.convert(HOME, Home)
    with pytest.raises(UsageError, match="'sum' is no unit and no exercise of this course; its units are sums, later"):
        chosen(home, "sum")
