"""The real course's workspaces, built by the command and tried with plain pytest as a student tries them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

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
