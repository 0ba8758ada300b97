"""Record what real PyTorch answers: `python -m tests.parity.record [NAME …]`, where torch 2.13 is installed.

With names, such as `parity-hooks`, only these files are written.

Recording again is a deliberate act: read the difference before you commit it.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

import msgspec

from tests.parity.running import RECORDED, SEEDS, pytorch, recorded_file, torch_checks, transcript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from autograder.model.check import Check
    from autograder.model.transcript import Transcript
    from autograder.probe import Candidate


def main(names: Sequence[str] = ()) -> int:
    """Write all transcripts; 1 where PyTorch ended a check with an exception."""
    warnings.simplefilter("ignore")
    candidate, files, faults = pytorch(), {}, 0
    for check in [each for each in torch_checks() if not names or recorded_file(each).stem in names]:
        found = {str(seed): record(check, candidate, seed) for seed in SEEDS}
        for each in found.values():
            if each.failure is not None or not each.entries:
                faults += 1
                sys.stderr.write(f"{check.id}: {each.failure}\n")
        files.setdefault(recorded_file(check), {})[check.id] = found
    if not names:
        remove_stale(files)
    write(files)
    return int(bool(faults))


def record(check: Check, candidate: Candidate, seed: int) -> Transcript:
    """A transcript without what changes when a check's file does."""
    found = transcript(check, candidate, seed)
    entries = tuple(msgspec.structs.replace(entry, line=0) for entry in found.entries)
    return msgspec.structs.replace(found, entries=entries, output="")


def remove_stale(files: Iterable[Path]) -> None:
    """Files without checks go."""
    for stale in set(RECORDED.glob("*.json")) - set(files):
        stale.unlink()


def write(files: dict[Path, dict[str, dict[str, Transcript]]]) -> None:
    """One JSON file for each file of checks, one line for each transcript."""
    RECORDED.mkdir(exist_ok=True)
    for path, checks in files.items():
        text = ",\n".join(f'"{check}": {{\n{_lines(checks[check])}\n}}' for check in sorted(checks))
        path.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def _lines(transcripts: dict[str, Transcript]) -> str:
    return ",\n".join(f'  "{seed}": {msgspec.json.encode(found).decode()}' for seed, found in transcripts.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
