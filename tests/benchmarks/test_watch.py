"""The benchmark of watching still runs; what it measures depends on the machine, and is not asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks import watch

if TYPE_CHECKING:
    from pathlib import Path


def test_every_save_gets_its_verdict(tmp_path: Path) -> None:
    """Also one that comes while what the last one touches elsewhere is still being checked."""
    module = watch.student_modules(watch.COURSE)[0]
    found = watch.waits(watch.workspace(tmp_path), [module], 3)
    assert [len(waited) for waited in found.values()] == [3]
