"""What of this machine's Python exists in the sandbox: the standard library and the listed packages, nothing else."""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from autograder.model.errors import MachineError
from autograder.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIBRARIES = ("/lib", "/usr/lib", "/lib64", "/usr/lib64")
UNWANTED = {"debugpy"}  # ipykernel names it; it takes long to import, and nobody is there to debug
NOT_CODE = {"bin", "share", "etc", "include", "man"}


class Room(Record, frozen=True):
    """What a warm parent is told about its file system; all paths are absolute."""

    folders: tuple[str, ...]  # folders and files that may be read
    masked: tuple[str, ...]  # what lies inside one of them and may not
    sys_path: tuple[str, ...]
    modules: tuple[str, ...]  # imported before any child is forked


def room(packages: Iterable[str], unlisted: Iterable[str] = ()) -> Room:
    """The room for these packages, by the names that pip knows them by; the unlisted ones are not imported beforehand.

    Raises:
        MachineError: a package is not installed here.
    """
    listed = [_installed(name, "the course lists it") for name in packages]
    besides = require_installed(unlisted)
    entries = {entry for found in _with_requirements((*listed, *besides)) for entry in _entries(found)}
    standard = Path(sysconfig.get_path("stdlib"))
    dynamic = sysconfig.get_config_var("DESTSHARED") or str(standard / "lib-dynload")
    return Room(
        folders=(str(standard), *_libraries(), *sorted(map(str, entries))),
        masked=tuple(str(standard / name) for name in ("site-packages", "dist-packages") if (standard / name).is_dir()),
        sys_path=(str(standard), dynamic, *sorted({str(entry.parent) for entry in entries})),
        modules=tuple(module for found in listed for module in _modules(found)),
    )


def require_installed(kernel: Iterable[str]) -> list[Distribution]:
    """The packages of a kernel.

    Raises:
        MachineError: one is not installed here.
    """
    return [_installed(name, "notebooks can't be executed without it") for name in kernel]


def _installed(name: str, reason: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise MachineError(
            f"the package {name!r} is not installed here, and {reason}: {sys.executable} -m pip install {name}"
        ) from None


def _with_requirements(listed: Iterable[Distribution]) -> Iterator[Distribution]:
    """Packages with all that they need and that is installed."""
    waiting: list[Distribution] = list(listed)
    met = set(UNWANTED)
    while waiting:
        found = waiting.pop()
        if found.name in met:
            continue
        met.add(found.name)
        yield found
        for requirement in map(Requirement, found.requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                try:
                    waiting.append(distribution(requirement.name))
                except PackageNotFoundError:
                    continue  # the package itself will say so when it is imported


def _entries(found: Distribution) -> set[Path]:
    """The files and folders at the top of site-packages that belong to a package."""
    tops = {path.parts[0] for path in found.files or () if path.parts[0] not in {"..", "__pycache__", *NOT_CODE}}
    return {entry for top in tops if (entry := Path(str(found.locate_file(top)))).exists() and entry.suffix != ".pth"}


def _modules(found: Distribution) -> Iterator[str]:
    for entry in sorted(_entries(found)):
        is_module = (entry / "__init__.py").is_file() or entry.suffix == ".py"
        if is_module and re.fullmatch(r"[A-Za-z]\w*", entry.stem):
            yield entry.stem


def _libraries() -> Iterator[str]:
    """Folders of shared libraries: this architecture's own where the system keeps them apart."""
    apart = sysconfig.get_config_var("MULTIARCH") or ""
    inner = [Path(folder, apart) for folder in LIBRARIES[:2] if apart and Path(folder, apart).is_dir()]
    loaders = [Path(folder) for folder in LIBRARIES[2:] if Path(folder).is_dir()]
    shared = Path(sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("INSTSONAME") or "-")
    yield from map(str, (*inner, *loaders, *([shared] if shared.is_file() else [])))
