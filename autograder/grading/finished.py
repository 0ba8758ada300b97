"""A run that has ended: its results, as they lie in its folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from autograder.grading.places import result
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.result import Result


def read_results(run: Path) -> tuple[Result, ...]:
    """Every result in the folder of a run, in the order of the students' names.

    Raises:
        UsageError: there is none, or one can't be read.
    """
    return tuple(sorted(each_result(run), key=lambda each: each.student))


def each_result(run: Path) -> Iterator[Result]:
    """Every result in the folder of a run, one at a time, in the order of their files.

    Raises:
        UsageError: there is none, or one can't be read.
    """
    files = sorted((run / result(StudentId("any"))).parent.glob("*.json"))
    if not files:
        raise UsageError(f"{run}: holds no results; name the folder that `autograder grade` wrote with --out")
    yield from map(_read, files)


def of_student(results: Sequence[Result], student: str) -> Result:
    """One student's result.

    Raises:
        UsageError: there is none.
    """
    for each in results:
        if each.student == student:
            return each
    raise UsageError(f"no result is {student}'s; the students are {', '.join(each.student for each in results)}")


def _read(file: Path) -> Result:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Result)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: is no result ({error}); grade again with --out {file.parent.parent}") from error
