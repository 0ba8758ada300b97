"""The demo's submissions, and the folder that it may replace."""

import pytest

from autograder.build.course import load_course
from autograder.grading.demo import DemoSubmission, clear, demo_files, read_demo, write_demo
from autograder.model.errors import CourseError, UsageError
from tests.tiny_course import write_course

MUTANT = '"""Loses coins."""\n\n\nclass Purse:\n    def put(self, coin):\n        pass\n'


@pytest.fixture
def own_course(tmp_path):
    """A course of this test's own, with one mutant."""
    course = load_course(write_course(tmp_path / "own"))
    (course.solutions / "mutants/purse").mkdir(parents=True)
    (course.solutions / "mutants/purse/loses.py").write_text(MUTANT)
    return course


def test_a_mutant_takes_the_place_of_the_answer(own_course):
    """The rest of the module is the reference's."""
    files = demo_files(own_course, DemoSubmission(student="s", change="purse/loses.py"))
    assert b"pass" in files["pocket/purse.py"]
    assert b"worth += coin.cents" in files["pocket/purse.py"]


def test_a_skeleton_has_no_answers(own_course):
    """Nothing but stubs."""
    assert (
        b"NotImplementedError" in demo_files(own_course, DemoSubmission(student="s", answers=False))["pocket/purse.py"]
    )


def test_a_broken_file_is_overwritten(own_course):
    """A notebook that is not JSON."""
    name = "lessons/01_first_coins.ipynb"
    assert demo_files(own_course, DemoSubmission(student="s", broken=name))[name] == b"this is not JSON\n"


def test_everything_is_written(plan, tmp_path):
    """A workspace beside the submissions."""
    folder = write_demo(plan, (DemoSubmission(student="s"),), tmp_path)
    assert (folder / "s/pocket/purse.py").exists()
    assert (tmp_path / "workspace/.course/expected.json").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"change": "purse/nothing.py"}, r"demo.toml: s: no mutant of a module is .*nothing.py"),
        ({"change": "wallet/loses.py"}, r"demo.toml: s: no mutant of a module is .*wallet"),
        ({"broken": "lessons/02.ipynb"}, r"demo.toml: s: no file is called lessons/02.ipynb"),
    ],
)
def test_a_name_that_leads_nowhere(fields, told, own_course):
    """The sentence names the submission and the file."""
    with pytest.raises(CourseError, match=told):
        demo_files(own_course, DemoSubmission(student="s", **fields))


def test_the_file_that_names_the_submissions(own_course):
    """It is read, or its fault is told."""
    file = own_course.solutions / "demo.toml"
    with pytest.raises(CourseError, match=r"demo.toml: can't be read \(No such file or directory\); a demo needs it"):
        read_demo(own_course)
    file.write_text("[[submission]]\nstudents = 1\n")
    with pytest.raises(CourseError, match=r"demo.toml: Object contains unknown field `students`"):
        read_demo(own_course)
    file.write_text('[[submission]]\nstudent = "a"\n')
    assert read_demo(own_course) == (DemoSubmission(student="a"),)


def test_an_earlier_demo_is_replaced(tmp_path):
    """The folder is recognised by its mark."""
    clear(tmp_path / "demo")
    (tmp_path / "demo" / "old").touch()
    clear(tmp_path / "demo")
    assert [file.name for file in (tmp_path / "demo").iterdir()] == [".autograder-demo"]


def test_nothing_else_is_replaced(tmp_path):
    """A folder with somebody's work, or a file, stays."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.tex").touch()
    for path in (tmp_path / "demo", tmp_path / "demo" / "thesis.tex"):
        with pytest.raises(UsageError, match="holds something that is no demo; name another folder"):
            clear(path)
    assert (tmp_path / "demo" / "thesis.tex").exists()


def test_a_demo_below_a_file(tmp_path):
    """A path that can't be made says so."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"can't be written \(Not a directory\); name another folder"):
        clear(tmp_path / "file" / "demo")
