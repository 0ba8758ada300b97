"""`python3 start.py` makes a workspace ready: without network, after a move, and with a sentence where it can't."""

from __future__ import annotations

import ast
import base64
import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder.build import start
from autograder.build.readying import SENTENCES, start_files
from autograder.build.wheel import machine_wheel
from autograder.model.ids import Language
from tests.student.conftest import write_workspace

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
NO_INDEX = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}  # a port at which nobody answers


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as it is handed out."""
    root = write_workspace(tmp_path.resolve() / "work")
    for path, data in {**start_files(Language("en")), **machine_wheel()}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(data)
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script in a process of its own; no network can be reached."""
    command = [sys.executable, "-I", str(root / "start.py"), *arguments]
    return subprocess.run(
        command, env={**os.environ, **NO_INDEX}, capture_output=True, text=True, check=False, timeout=300
    )


def fails(root: Path, words: str) -> None:
    """It ends with one sentence."""
    ended = run(root)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert ended.stderr.count("\n") == 1


def needed(name: str, seen: dict[str, Distribution]) -> dict[str, Distribution]:
    """What is installed of a package and of all that it needs."""
    if name.lower() not in seen:
        seen[name.lower()] = found = distribution(name)
        for line in found.requires or ():
            one = Requirement(line)
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                needed(one.name, seen)
    return seen


def repacked(found: Distribution) -> tuple[str, bytes]:
    """A wheel of an installed package."""
    files = {str(path): path.read_binary() for path in found.files or () if ".." not in path.parts}
    folder = next(path.split("/")[0] for path in files if path.endswith(".dist-info/METADATA"))
    files = {path: data for path, data in files.items() if not path.endswith((".pyc", "/RECORD", "/INSTALLER"))}
    target, lines = io.BytesIO(), io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            writer.writerow([path, f"sha256={digest}", len(data)])
            archive.writestr(path, data)
        writer.writerow([f"{folder}/RECORD", "", ""])
        archive.writestr(f"{folder}/RECORD", lines.getvalue())
    about = (found.read_text("WHEEL") or "").splitlines()
    tags = [line.partition(": ")[2] for line in about if line.startswith("Tag: ")]
    return f"{folder.removesuffix('.dist-info')}-{tags[-1]}.whl", target.getvalue()


@pytest.fixture(scope="module")
def wheelhouse() -> dict[str, bytes]:
    """A wheel of each package that a workspace needs, made of what is installed here."""
    lines = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    seen: dict[str, Distribution] = {}
    for line in lines:
        needed(Requirement(line).name, seen)
    return dict(map(repacked, seen.values()))


def test_without_network_it_is_ready_and_again_after_a_move(workspace: Path, wheelhouse: dict[str, bytes]) -> None:
    """From what lies in `wheels`; package and lessons are found from every folder, and work is not touched."""
    for name, data in wheelhouse.items():
        (workspace / "wheels" / name).write_bytes(data)
    (workspace / "tiny/sums.py").write_text("# mine\n" + (workspace / "tiny/sums.py").read_text("utf-8"), "utf-8")
    ended = run(workspace)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[1:] == [
        "Ready. What you can do now:",
        "  There was no way to get JupyterLab; everything but the notebooks works.",
        "  .venv/bin/autograder watch  checks your work at each save",
    ]
    moved = workspace.rename(workspace.with_name("moved élan"))
    assert run(moved).returncode == 0
    code = "import tiny, autograder; print(tiny.__file__)"
    python = moved / ".venv/bin/python"
    found = subprocess.run([python, "-c", code], cwd=moved / "lessons", capture_output=True, text=True, check=True)
    assert found.stdout == f"{moved}/tiny/__init__.py\n"
    check = [moved / ".venv/bin/autograder", "check"]
    told = subprocess.run(check, cwd=moved, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Everything passes." in told.stdout
    assert (moved / "tiny/sums.py").read_text("utf-8").startswith("# mine")


def test_what_cant_be_installed_is_said(workspace: Path) -> None:
    """Pip's own words, and then what to do about it; the same for a download."""
    for arguments in ((), ("--download",)):
        ended = run(workspace, *arguments)
        assert ended.returncode == 2
        assert "No matching distribution found" in ended.stderr
        assert ended.stderr.splitlines()[-1].startswith("The course's packages can't be installed; above stands why.")


def test_a_wheel_that_is_missing(workspace: Path) -> None:
    """Another copy of the workspace has it."""
    shutil.rmtree(workspace / "wheels")
    fails(workspace, "is missing: copy the folder `wheels` from the workspace as you got it")


def test_a_folder_that_is_no_environment_is_not_touched(workspace: Path) -> None:
    """It may be somebody's work."""
    (workspace / ".venv").mkdir()
    (workspace / ".venv" / "mine.txt").touch()
    fails(workspace, "The folder .venv is no Python environment, and it is not touched: rename it, and run this again")
    assert [path.name for path in (workspace / ".venv").iterdir()] == ["mine.txt"]


def as_if(monkeypatch: pytest.MonkeyPatch, root: Path, **names: object) -> None:
    """The script, in this process, as if it lay in a workspace."""
    places = {"HERE": root, "ENVIRONMENT": root / ".venv", "PLACE_FILE": root / ".venv/made-in.txt"}
    for name, value in {**places, **names}.items():
        monkeypatch.setattr(start, name, value)


def test_a_python_that_is_too_old(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told which one would do, in the workspace's language."""
    (workspace / start.SENTENCES_FILE).write_bytes(start_files(Language("zh"))[start.SENTENCES_FILE])
    as_if(monkeypatch, workspace, OLDEST=(9, 1))
    with pytest.raises(SystemExit, match="2"):
        start.main()
    assert capsys.readouterr().err.startswith("这门课需要 Python 9.1 或更新的版本，而这是 Python 3.")


def test_an_environment_that_cant_be_made(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some systems ship Python without what it takes."""

    def create(*arguments: object, **options: object) -> None:
        raise OSError("no ensurepip")

    as_if(monkeypatch, workspace)
    monkeypatch.setattr(start.venv, "create", create)
    with pytest.raises(SystemExit, match="2"):
        start.main()
    assert "The folder .venv can't be made (no ensurepip)" in capsys.readouterr().err


def test_its_sentences_are_all_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each of the script's is in the file beside it; without the file it speaks English."""
    written = {value for name, value in vars(start).items() if name.isupper() and isinstance(value, str)}
    assert set(SENTENCES) == {text for text in written if " " in text}
    said = json.loads(start_files(Language("zh"))[start.SENTENCES_FILE])
    assert said.keys() == set(SENTENCES)
    assert not [text for text in SENTENCES if said[text] == text]
    as_if(monkeypatch, tmp_path)
    assert start.say(start.WATCH, command="x") == "x  checks your work at each save"


def test_it_asks_for_the_python_that_the_machine_needs() -> None:
    """The same as in pyproject.toml."""
    wanted = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["requires-python"]
    assert wanted == f">={start.OLDEST[0]}.{start.OLDEST[1]}"


def test_an_old_python_can_read_it() -> None:
    """It must get as far as its first sentence."""
    source = Path(start.__file__).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 7)).body
