"""The machine packs itself for students: the same bytes each time, no solution in them, and pip takes it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from importlib.metadata import PathDistribution, distribution
from pathlib import Path

import pytest

from autograder.build import starting, wheel
from autograder.build.wheel import machine_wheel
from autograder.model.errors import MachineError

SOLUTIONS = Path(__file__).parents[2] / "solutions"


def opened() -> zipfile.ZipFile:
    """The wheel."""
    (data,) = machine_wheel().values()
    return zipfile.ZipFile(io.BytesIO(data))


def test_it_is_named_for_any_system():
    """By the rules for names of wheels, in a folder of its own."""
    assert list(machine_wheel()) == [
        f"wheels/autograd_course-{distribution('autograd-course').version}-py3-none-any.whl"
    ]


def test_packing_twice_gives_the_same_bytes():
    """Nothing of the moment or the machine is in it."""
    assert machine_wheel() == machine_wheel()
    archive = opened()
    packed = b"".join(map(archive.read, archive.namelist()))
    assert str(Path(wheel.__file__).parents[2]).encode() not in packed


def test_it_holds_the_machine_and_no_solution():
    """Templates and translations, and nothing of the reference, its lessons, checks or mutants."""
    archive = opened()
    names = archive.namelist()
    assert {"autograder/cli/main.py", "autograder/locale/zh/LC_MESSAGES/autograder.mo"} <= set(names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"autograder", "autograd_course"}
    assert not [name for name in names if name.startswith("autograder/build/starter/")]
    packed = {hashlib.sha256(archive.read(name)).digest() for name in names}
    secret = {hashlib.sha256(data).digest() for file in SOLUTIONS.rglob("*.py") if (data := file.read_bytes())}
    assert not packed & secret


def test_its_record_is_true():
    """Every file with its digest and size, but for the record itself."""
    archive = opened()
    (record,) = [name for name in archive.namelist() if name.endswith("RECORD")]
    lines = {path: (digest, size) for path, digest, size in csv.reader(io.StringIO(archive.read(record).decode()))}
    assert lines.pop(record) == ("", "")
    assert lines.keys() == set(archive.namelist()) - {record}
    for path, (digest, size) in lines.items():
        data = archive.read(path)
        raw = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={raw}", len(data))


def test_pip_installs_it_and_packs_the_same_again(tmp_path):
    """From an installed wheel as from this checkout: what a student's copy would pack is the very same file."""
    ((name, data),) = machine_wheel().items()
    file = tmp_path / Path(name).name
    file.write_bytes(data)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", tmp_path / "there"]
    subprocess.run([*pip, file], check=True, timeout=120)
    code = "import sys; from autograder.build.wheel import machine_wheel as w; sys.stdout.buffer.write(*w().values())"
    path = f"import sys; sys.path.insert(0, {str(tmp_path / 'there')!r}); "
    again = subprocess.run([sys.executable, "-P", "-c", path + code], capture_output=True, check=True, timeout=120)
    assert again.stdout == data


def test_a_machine_that_is_not_installed(monkeypatch):
    """Its dependencies are not known then; the sentence says how to install it."""
    monkeypatch.setattr(wheel, "DISTRIBUTION", "no-such-package")
    with pytest.raises(MachineError, match=r"no-such-package is not installed here, so that it can't be packed for"):
        machine_wheel()


def test_a_checkout_that_was_changed_since(tmp_path, monkeypatch):
    """Students would get the dependencies of before."""
    project = '[project]\nname = "autograd-course"\nversion = "0.1.0"\ndependencies = ["numpy>=99"]\n'
    (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    monkeypatch.setattr(wheel, "MACHINE", tmp_path / "autograder")
    with pytest.raises(
        MachineError, match=r"pyproject\.toml was changed after it was installed.*pip install --editabl"
    ):
        machine_wheel()


def test_a_pyproject_of_somebody_else_says_nothing(tmp_path):
    """A folder in which packages are installed may hold any project's."""
    about = tmp_path / "there-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: there\nVersion: 1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    wheel._require_fresh(PathDistribution(about), tmp_path / "pyproject.toml")


def test_a_students_copy_begins_no_course(tmp_path, monkeypatch):
    """What it lacks is told, and where to get it."""
    monkeypatch.setattr(starting, "STARTER", tmp_path / "nowhere")
    with pytest.raises(
        MachineError, match=r"the machine that a workspace brings has no course to begin with: .* install"
    ):
        starting.start_course(tmp_path / "course")
