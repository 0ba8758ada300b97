"""The wheel of this very machine, made from where it runs: a checkout, an editable install or an installed wheel.

It lies in every workspace, so that a student needs nothing from us but the folder. No solution is part of it, since
none is part of the package; and the same package gives the same bytes, whenever and wherever it is packed.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from autograder.build.bundle import DISTRIBUTION, MACHINE, tree
from autograder.build.starting import STARTER
from autograder.build.zipping import zipped
from autograder.model.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER = "wheels"  # in a workspace
PATTERN = f"{DISTRIBUTION.replace('-', '_')}-*.whl"
_WHEEL = b"Wheel-Version: 1.0\nGenerator: autograder build\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_KEPT = ("METADATA", "entry_points.txt")  # of what an installation knows about itself; the rest is about this machine


def machine_wheel() -> dict[str, bytes]:
    """The wheel by its path in a workspace, as a mapping of one.

    Raises:
        MachineError: the machine is not installed here, or was installed before its pyproject.toml was changed.
    """
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError as error:
        raise MachineError(
            f"{DISTRIBUTION} is not installed here, so that it can't be packed for students: {sys.executable} -m pip"
            f" install '{DISTRIBUTION}[grade]'"
        ) from error
    _require_fresh(installed, MACHINE.parent / "pyproject.toml")
    name = f"{DISTRIBUTION.replace('-', '_')}-{installed.version}"
    return {f"{FOLDER}/{name}-py3-none-any.whl": _packed(f"{name}.dist-info", installed)}


def _packed(folder: str, installed: Distribution) -> bytes:
    about = {f"{folder}/{name}": text.encode() for name in _KEPT if (text := installed.read_text(name))}
    licenses = {
        f"{folder}/{path.as_posix().partition('.dist-info/')[2]}": path.read_binary()
        for path in installed.files or ()
        if ".dist-info/licenses/" in path.as_posix()
    }
    # Without the starter: whoever makes a course of it has hidden checks that are much like those in it.
    ours = {path: data for path, data in tree(MACHINE) if not (MACHINE / path).is_relative_to(STARTER)}
    package = {f"{MACHINE.name}/{path}": data for path, data in ours.items()}
    files = {**package, **about, **licenses, f"{folder}/WHEEL": _WHEEL}
    return zipped({**files, f"{folder}/RECORD": _record(files, f"{folder}/RECORD")})


def _record(files: Mapping[str, bytes], itself: str) -> bytes:
    """The list of files with their digests that a wheel must hold; no path of ours has a comma in it."""
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in sorted(files.items())]
    return "".join(f"{line}\n" for line in (*lines, f"{itself},,")).encode()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _require_fresh(installed: Distribution, pyproject: Path) -> None:
    """Nothing, where what is known about an editable install is what its pyproject.toml says."""
    if not pyproject.is_file():
        return
    project = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("project", {})
    if project.get("name") != DISTRIBUTION:
        return
    here = project.get("version"), _names(project.get("dependencies", ()))
    if here != (installed.version, _names(line for line in installed.requires or () if "extra ==" not in line)):
        raise MachineError(
            f"{pyproject} was changed after it was installed, so that students would get the dependencies of before:"
            f" {sys.executable} -m pip install --editable '{pyproject.parent}[grade]'"
        )


def _names(lines: Iterable[str]) -> set[str]:
    return {str(Requirement(line)).lower() for line in lines}
