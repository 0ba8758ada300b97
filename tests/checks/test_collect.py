"""Check files become records; what a check may not hold is refused by file and line."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.checks.collect import collect, collect_course
from autograder.model.check import Check, Truth, Visibility
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from autograder.model.course import Course

HEAD = "import pytest\nfrom autograder import exercise\n\n"
GOOD = '''
@exercise("unit.thing", points=2)
def test_it(torch, see):
    """A title."""
    see.value(torch.x)
'''


def hidden(course: Course, text: str, name: str = "test_x.py") -> tuple[Check, ...]:
    """The checks of one hidden file."""
    return room(course.solutions, course, Visibility.HIDDEN, text, name)


def room(root: Path, course: Course, visibility: Visibility, text: str, name: str = "test_x.py") -> tuple[Check, ...]:
    """The checks of a folder to which one file is added."""
    (root / "checks").mkdir(parents=True, exist_ok=True)
    (root / "checks" / name).write_text(HEAD + dedent(text), encoding="utf-8")
    return collect(root / "checks", visibility, course)


def test_a_check_has_all_that_is_needed_to_run_and_judge_it(course: Course) -> None:
    """Its title is the docstring's first paragraph, its hint the rest."""
    text = '''
    @exercise("unit.thing", points=2.5, truth="reference")
    def test_it(torch, see, rng):
        """A title
        on two lines.

        A hint.
        """
        see.value(torch.x)
    '''
    (check,) = hidden(course, text)
    assert (check.id, check.exercise, check.points) == ("test_x::test_it", "unit.thing", 2.5)
    assert (check.title, check.hints) == ("A title on two lines.", {"en": "A hint."})
    assert (check.file, check.line, check.truth) == ("solutions/checks/test_x.py", 6, Truth.REFERENCE)


def test_public_checks_have_no_points(course: Course) -> None:
    """Their truth is PyTorch where nothing else is said."""
    (check,) = room(course.root, course, Visibility.PUBLIC, GOOD.replace(", points=2", ""))
    assert (check.points, check.truth, check.visibility) == (0.0, Truth.TORCH, Visibility.PUBLIC)


def test_parameter_sets_are_checks_of_their_own(course: Course) -> None:
    """Their values are what JSON makes of them."""
    text = '''
    @exercise("unit.thing", points=1)
    @pytest.mark.parametrize(("n", "shape"), [(1, (2, 3)), (2, ())], ids=["wide", "scalar"])
    def test_it(torch, see, n, shape):
        """A title."""
        see.value(n)
    '''
    checks = hidden(course, text)
    assert [check.id for check in checks] == ["test_x::test_it[wide]", "test_x::test_it[scalar]"]
    assert [check.arguments for check in checks] == [{"n": 1, "shape": [2, 3]}, {"n": 2, "shape": []}]


def test_a_folder_that_is_not_there_has_no_checks(course: Course) -> None:
    """A course may have no public ones."""
    assert collect(course.root / "checks", Visibility.PUBLIC, course) == ()


def test_public_and_hidden_files_may_share_a_name(course: Course) -> None:
    """Each is read anew; two checks of one id are refused, in either folder."""
    room(course.root, course, Visibility.PUBLIC, GOOD.replace(", points=2", "").replace("test_it", "test_public"))
    hidden(course, GOOD)
    assert [check.id for check in collect_course(course)] == ["test_x::test_public", "test_x::test_it"]
    hidden(course, GOOD.replace("test_it", "test_public"))
    with pytest.raises(CourseError, match=r"solutions/checks/test_x.py:6: course/checks/test_x.py:6 has the same id"):
        collect_course(course)


def test_collecting_prints_nothing_and_heeds_nobody(
    course: Course, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither other people's options and plug-ins nor a `conftest.py` nor what a file prints."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    (course.solutions / "checks").mkdir(parents=True)
    (course.solutions / "checks" / "conftest.py").write_text("raise SystemExit")
    (course.solutions / "checks" / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option")
    assert len(hidden(course, GOOD + "\nprint('noise')\n")) == 1
    assert capfd.readouterr() == ("", "")
    assert os.environ["PYTEST_ADDOPTS"] == "--no-such-option"
    assert not list(course.solutions.rglob(".pytest_cache"))


def test_a_record_goes_through_json(course: Course) -> None:
    """All that collecting leaves is plain."""
    checks = hidden(course, GOOD)
    assert msgspec.json.decode(msgspec.json.encode(checks), type=tuple[Check, ...]) == checks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("see)", "see, tmp_path)"), "test_x.py:6: the fixture 'tmp_path'; a check has torch, see and rng"),
        (GOOD + "    assert True\n", "test_x.py:9: a check observes and never asserts"),
        (GOOD + "def setup_module(): pass\n", "test_x.py:9: setup_module: a check sets up what it needs in its own"),
        (GOOD + "def teardown_function(): pass\n", "test_x.py:9: teardown_function: a check sets up"),
        (GOOD + "class TestAll:\n    def setup_method(self): pass\n", "test_x.py:9: class TestAll: a check is a func"),
        (GOOD + "@pytest.fixture(autouse=True)\ndef other(): pass\n", "test_x.py:10: other is a fixture; a check has"),
        (GOOD + "async def test_later(torch, see): pass\n", "test_x.py:9: test_later is async; a check is a plain"),
        ("@pytest.mark.skip" + GOOD, "test_x.py:6: the mark 'skip'; a check always runs"),
        ("@pytest.mark.skipif(True, reason='x')" + GOOD, "test_x.py:6: the mark 'skipif'; a check always runs"),
        ("@pytest.mark.xfail" + GOOD, "test_x.py:6: the mark 'xfail'; a check always runs"),
        ("@pytest.mark.usefixtures('tmp_path')" + GOOD, "test_x.py:6: the mark 'usefixtures'; a check always runs"),
        ("pytest.skip(allow_module_level=True)\n" + GOOD, "test_x.py: the file skips itself; a check always runs"),
        (GOOD.replace("see.value(torch.x)", "torch.x"), "test_x.py:6: test_it observes nothing; call a method of see"),
        (GOOD.replace('"""A title."""', "pass"), "test_x.py:6: test_it has no docstring; its first line is the"),
        (GOOD.replace("unit.thing", "unit.think"), "test_x.py:6: course.toml has no exercise 'unit.think'"),
        (GOOD.replace('"unit.thing"', "7"), "test_x.py:6: the exercise mark takes an exercise's id, a string"),
        (GOOD.replace('@exercise("unit.thing", points=2)', ""), "test_x.py:6: test_it has 0 exercise marks, expected"),
        ('@exercise("unit.thing", points=2)' + GOOD, "test_x.py:6: test_it has 2 exercise marks, expected one"),
        (GOOD.replace(", points=2", ""), "test_x.py:6: a hidden check's points are a positive number, found None"),
        (GOOD.replace("points=2", "points=-1"), "test_x.py:6: a hidden check's points are a positive number, found -1"),
        (
            GOOD.replace("points=2", "points=True"),
            "test_x.py:6: a hidden check's points are a positive number, found T",
        ),
        (GOOD.replace("=2", "=float('nan')"), "test_x.py:6: a hidden check's points are a positive number, found nan"),
        (GOOD.replace("=2", "=2, truth='jax'"), 'test_x.py:6: truth is "torch" or "reference", found \'jax\''),
        (GOOD + "import nothing_like_it\n", r"test_x.py:9: this file of checks can't be imported: ModuleNotFoundError"),
        (GOOD + "1 / 0\n", r"test_x.py:9: this file of checks can't be imported: ZeroDivisionError: division by zero"),
        (GOOD + "def (\n", "solutions/checks/test_x.py:9: this file of checks is not valid Python: invalid syntax"),
    ],
)
def test_what_no_check_may_hold_is_refused(course: Course, text: str, words: str) -> None:
    """The sentence names file and line."""
    with pytest.raises(CourseError) as caught:
        hidden(course, text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("[object()]", "the id test_it[value0] only counts value; give the parameters names by ids=[...]"),
        ("[[1, 2]]", "the id test_it[value0] only counts value; give the parameters names by ids=[...]"),
        ("[1], ids=lambda v: hex(id(v) + 2**24)", "holds an address; give the parameters names by ids=[...]"),
        ("[object()], ids=['thing']", "the parameters of test_it[thing] can't be written as JSON: Object of type"),
        ("[float('nan')], ids=['nan']", "the parameters of test_it[nan] can't be written as JSON: Out of range"),
    ],
)
def test_parameters_and_their_ids_are_plain_and_stable(course: Course, values: str, words: str) -> None:
    """A gradebook keeps them."""
    mark = f"@pytest.mark.parametrize('value', {values})"
    with pytest.raises(CourseError) as caught:
        hidden(course, mark + GOOD.replace("see)", "see, value)"))
    assert words in str(caught.value)


def test_points_of_public_checks_are_refused(course: Course) -> None:
    """Points stand in the solutions' checks alone."""
    with pytest.raises(CourseError, match=r"course/checks/test_x.py:6: a public check has no points"):
        room(course.root, course, Visibility.PUBLIC, GOOD)


def test_a_file_that_is_no_text_is_refused(course: Course) -> None:
    """By its name."""
    (course.solutions / "checks").mkdir(parents=True)
    (course.solutions / "checks" / "test_x.py").write_bytes(b"\xff\xfe")
    with pytest.raises(CourseError, match=r"solutions/checks/test_x.py: this file of checks can't be read: 'utf-8'"):
        collect(course.solutions / "checks", Visibility.HIDDEN, course)


def test_what_lies_around_a_folder_of_checks_is_not_looked_through(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course may lie beside a thousand other things."""
    listed: list[Path] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(Path(path)) or scandir(path))
    assert hidden(course, GOOD)
    assert set(listed) == {course.solutions / "checks"}
