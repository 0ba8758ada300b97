"""What a machine brings to grading: machines that differ in it would give different results."""

import hashlib
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import autograder
from autograder.model.record import Record
from autograder.sandbox.machine import Machine, probe

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

    def named(self) -> Iterator[tuple[str, str]]:
        """All that counts, by name."""
        yield "isolation level", self.machine.level
        yield from self.software.items()


def facts(packages: Sequence[str]) -> Facts:
    """What this machine brings, with these packages in the sandbox."""
    software = {
        "Python": platform.python_version(),
        **{name: _version(name) for name in packages},
        "autograder": _digest(Path(autograder.__file__).parent),
    }
    return Facts(machine=probe(), software=software)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _digest(folder: Path) -> str:
    """Names our own files, which change more often than a version does."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:_DIGITS]
