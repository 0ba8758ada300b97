"""What a machine brings to grading: machines that differ in it would give different results."""

import hashlib
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import autograder
from autograder.model.record import Record
from autograder.sandbox.machine import Machine, probe

PYTHON, OURS = "Python", "autograder"
JUDGING = "judging"  # what verdicts come from, of our own files; pages may change without it
_JUDGES = ("checks", "grading", "model", "probe", "sandbox")
_DIGITS = 12


class Facts(Record, frozen=True):
    """A machine's isolation, and the versions of what verdicts come from."""

    machine: Machine
    software: dict[str, str]

    def difference(self, other: "Facts") -> tuple[str, str] | None:
        """The first thing in which another machine differs, here and there; None where both give the same results."""
        ours, theirs = dict(self.named()), dict(other.named())
        name = next((name for name, value in ours.items() if theirs.get(name) != value), None)
        return (f"{name} {ours[name]}", f"{name} {theirs.get(name)}") if name else None

    @property
    def packages(self) -> tuple[str, ...]:
        """Those that were asked about."""
        return tuple(name for name in self.software if name not in {PYTHON, OURS, JUDGING})

    def named(self) -> Iterator[tuple[str, str]]:
        """All that counts, by name."""
        yield "isolation level", self.machine.level
        yield from self.software.items()


def facts(packages: Sequence[str]) -> Facts:
    """What this machine brings, with these packages in the sandbox."""
    return Facts(machine=probe(), software=software(packages))


def software(packages: Sequence[str]) -> dict[str, str]:
    """The versions of what results come from: Python, the packages, all of our own files, those of them that judge."""
    home = Path(autograder.__file__).parent
    return {
        PYTHON: platform.python_version(),
        **{name: _version(name) for name in packages},
        OURS: _digest(home, [home]),
        JUDGING: _digest(home, [home / room for room in _JUDGES]),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _digest(home: Path, folders: Iterable[Path]) -> str:
    """Names our own files, which change more often than a version does."""
    digest = hashlib.sha256()
    for file in sorted(file for folder in folders for file in folder.rglob("*") if _is_ours(file)):
        digest.update(f"{file.relative_to(home).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _is_ours(file: Path) -> bool:
    is_made = file.parent.name == "__pycache__"  # by Python, which puts it there bit by bit
    return not is_made and file.is_file() and file.suffix != ".po" and not file.name.startswith(".")
