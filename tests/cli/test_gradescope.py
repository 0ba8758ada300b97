"""The autograder for Gradescope, in the folders that Gradescope makes: it grades one submission."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import validate

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
SCHEMA = Path(__file__).parent.parent / "report" / "exports" / "gradescope.schema.json"
INSTALLED = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'  # in the place of what setup.sh installs


def called(*command, cwd):
    """Run a command."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The tiny course, exported; its folder, with the zip in it."""
    folder = tmp_path_factory.mktemp("exported")
    folder.chmod(0o755)
    write_course(folder, ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass"))
    ended = called(*COMMAND, "export", "gradescope", "--hidden-checks", "visible", cwd=folder)
    assert (ended.returncode, ended.stdout) == (0, "autograder.zip: written\n"), ended.stderr
    return folder


@pytest.fixture
def image(exported, tmp_path):
    """Gradescope's image once setup.sh has run: source/ and run_autograder; setup.sh itself needs the network."""
    base = tmp_path / "autograder"
    with zipfile.ZipFile(exported / "autograder.zip") as archive:
        archive.extractall(base / "source")
    shutil.copy(base / "source" / "run_autograder", base)
    (base / "run_autograder").chmod(0o755)
    (base / "venv/bin").mkdir(parents=True)
    (base / "venv/bin/python").write_text(INSTALLED)
    (base / "venv/bin/python").chmod(0o755)
    (base / "results").mkdir()
    return base


def hand_in(image, exported, language, *, answers):
    """Put a workspace into submission/."""
    course = load_course(exported / "course")
    for path, data in workspace_files(course, edition_of(course, language, answers=answers)).items():
        (image / "submission" / path).parent.mkdir(parents=True, exist_ok=True)
        (image / "submission" / path).write_bytes(data)


def graded(image):
    """What Gradescope reads after a run."""
    ended = called(str(image / "run_autograder"), cwd=image)
    assert ended.returncode == 0, ended.stderr
    content = json.loads((image / "results/results.json").read_text())
    validate(content, json.loads(SCHEMA.read_text()))
    return content


def test_a_right_submission_has_full_marks(image, exported):
    """The hidden check has its title and points, and is shown when the export said so."""
    hand_in(image, exported, "en", answers=True)
    content = graded(image)
    assert (content["score"], content["extra_data"]["max_score"]) == (1, 1)
    assert [(test["name"], test["status"], test["visibility"]) for test in content["tests"]] == [
        ("Two coins are worth their sum.", "passed", "visible"),
        ("A secret coin is kept.", "passed", "visible"),
    ]
    assert "777" not in (image / "results/results.json").read_text()


def test_an_untouched_workspace_is_told_why_in_its_language(image, exported):
    """Titles, causes and findings; of the hidden check only that it was not passed."""
    hand_in(image, exported, "zh", answers=False)
    content = graded(image)
    public, hidden = content["tests"]
    assert content["score"] == 0
    assert public["name"] == "两枚硬币的价值是它们的和。"
    assert "Purse.put" in public["output"]
    assert hidden["output"] == "抛出了错误"


def test_without_a_submission_nothing_is_written(image):
    """The sentence is for the instructor, who sees what is printed; no zero is given."""
    ended = called(str(image / "run_autograder"), cwd=image)
    assert ended.returncode == 2
    assert f"{image / 'submission'}: is not there; name the folder that holds Gradescope's submission/" in ended.stderr
    assert not list((image / "results").iterdir())


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_the_scripts_are_bash(exported, script):
    """They are read without an error."""
    with zipfile.ZipFile(exported / "autograder.zip") as archive:
        ended = subprocess.run(["bash", "-n"], input=archive.read(script), capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
