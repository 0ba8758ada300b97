"""The real course's workspaces, built by the command and tried with plain pytest as a student tries them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files

ROOT = Path(__file__).parents[2]

BUILD = [sys.executable, "-c", "from autograder.cli.main import main; main()", "build"]


@pytest.mark.parametrize(
    ("options", "outcome"), [(["--answers"], "passed"), ([], "failed")], ids=["answers", "skeleton"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_public_checks_pass_on_the_answers_alone(tmp_path, language, options, outcome):
    """Every public check passes on the answers, and none on the untouched skeleton."""
    out = tmp_path / "ws"
    subprocess.run([*BUILD, "--out", str(out), "--lang", language, *options], check=True, timeout=60)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=out, capture_output=True, text=True, check=False, timeout=120
    )
    assert re.fullmatch(rf"\d+ {outcome} in .*s.*", ended.stdout.splitlines()[-1]), ended.stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_readme_names_the_one_command_and_all_that_it_installs(language):
    """The packages are those that the machine's pyproject.toml lists for students."""
    course = load_course(ROOT / "course")
    text = workspace_files(course, edition_of(course, language))["README.md"].decode()
    assert "\n    python3 start.py\n" in text
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [line for line in wanted if Requirement(line).name not in text] == []
