"""Everybody's points as they lie in the folder of a run, while other processes may be writing there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.grading.finished import read_result, result_files
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from autograder.model.ids import StudentId
    from autograder.model.result import Result

Points = tuple[float | None, float]  # None while a part isn't graded; the most that could be had


class Totals:
    """The points of a run's students.

    Args:
        run: the folder that `autograder grade` wrote.

    Raises:
        UsageError: it holds no results, or one that can't be read.
    """

    def __init__(self, run: Path) -> None:
        self._run = run
        self._read: dict[Path, tuple[int, StudentId, Points]] = {}
        self.now()

    def now(self) -> Mapping[StudentId, Points]:
        """As they are: a result that has not changed since the last look is not read again.

        Raises:
            UsageError: there is none left, or one can't be read.
        """
        files = {file: file.stat().st_mtime_ns for file in result_files(self._run)}
        changed = [file for file, at in files.items() if file not in self._read or self._read[file][0] != at]
        fresh = {file: _points(files[file], read_result(file)) for file in changed}
        self._read = {file: fresh.get(file) or self._read[file] for file in files}
        return {student: points for _, student, points in self._read.values()}


def _points(at: int, result: Result) -> tuple[int, StudentId, Points]:
    score = None if ungraded_units(result) else result.score
    return at, result.student, (score, result.max_score)
