"""The zip for Gradescope has all that grading needs, and nothing of this machine."""

import io
import stat
import sys
import zipfile
from importlib.metadata import version

import pytest

from autograder.build import bundle
from autograder.build.bundle import autograder_zip
from autograder.build.course import load_course
from autograder.model.errors import CourseError, MachineError
from tests.tiny_course import write_course


@pytest.fixture
def course(tmp_path):
    """The tiny course, with what tools leave in it."""
    folder = write_course(tmp_path)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").touch()
    (tmp_path / "solutions" / ".env").write_text("KEY=1")
    return load_course(folder)


def opened(data):
    """The zip."""
    return zipfile.ZipFile(io.BytesIO(data))


def test_the_scripts_stand_at_the_top_and_can_be_run(course):
    """As Gradescope's specification has it."""
    for name in ("setup.sh", "run_autograder"):
        entry = opened(autograder_zip(course)).getinfo(name)
        assert stat.S_IMODE(entry.external_attr >> 16) == 0o755


def test_machine_course_and_solutions_are_in_it(course):
    """With templates and translations, without what tools leave."""
    names = set(opened(autograder_zip(course)).namelist())
    assert {
        "machine/autograder/cli/main.py",
        "machine/autograder/report/templates/base.html.jinja",
        "machine/autograder/locale/zh/LC_MESSAGES/autograder.mo",
        "course/course.toml",
        "solutions/checks/test_secret.py",
    } <= names
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_the_solutions_are_found_wherever_they_lay(tmp_path):
    """Their place in the zip is written into its course.toml."""
    folder = write_course(tmp_path, ("course/course.toml", '"../solutions"', f"'{tmp_path}/solutions'"))
    opened(autograder_zip(load_course(folder))).extractall(tmp_path / "elsewhere")
    assert load_course(tmp_path / "elsewhere" / "course").solutions == tmp_path / "elsewhere" / "solutions"


def test_solutions_that_are_named_in_another_way(tmp_path):
    """The sentence says how to write it."""
    folder = write_course(tmp_path, ("course/course.toml", 'solutions = "', "'solutions' = \"../course/"))
    with pytest.raises(CourseError, match=r"course\.toml: write the solutions as `solutions = \"path\"`, on one line"):
        autograder_zip(load_course(folder))


def test_versions_are_those_of_this_machine(course):
    """Python's, the grader's packages and the course's."""
    read = opened(autograder_zip(course)).read
    lines = read("requirements.txt").decode().splitlines()
    assert {f"{name}=={version(name)}" for name in ("numpy", "msgspec", "nbclient")} <= set(lines)
    assert not [line for line in lines if line.startswith(("torch", "mypy", "ruff"))]
    assert read("python-version").decode() == f"{sys.version_info.major}.{sys.version_info.minor}\n"


def test_the_kernel_that_the_course_needs_is_there(tmp_path):
    """What executes the notebooks goes along, in its version."""
    for kernel, package in (("quick", "ipython"), ("ipykernel", "ipykernel")):
        change = ("course/course.toml", 'package = "pocket"', f'package = "pocket"\nkernel = "{kernel}"')
        whole = autograder_zip(load_course(write_course(tmp_path / kernel, change)))
        lines = opened(whole).read("requirements.txt").decode().splitlines()
        assert f"{package}=={version(package)}" in lines


def test_a_package_that_is_not_here(course, monkeypatch):
    """Its version can't be fixed; the sentence says how to install it."""
    monkeypatch.setattr(bundle, "DISTRIBUTION", "no-such-package")
    with pytest.raises(
        MachineError, match=r"no-such-package is not installed here, so that its version can't be fixed"
    ):
        autograder_zip(course)


def test_the_same_course_gives_the_same_bytes(course):
    """Gradescope's image need not be built again for nothing."""
    assert autograder_zip(course) == autograder_zip(course)


def test_nothing_of_this_machine_is_in_it(course, tmp_path):
    """No path of the course's folder."""
    archive = opened(autograder_zip(course))
    assert not [name for name in archive.namelist() if str(tmp_path).encode() in archive.read(name)]
