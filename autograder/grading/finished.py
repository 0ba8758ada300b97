"""A run that has ended: its results, as they lie in its folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.grading.places import result
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.result import Result

_MOST_NAMED = 20  # students, where one is not found


def results_by_name(run: Path) -> Iterator[Result]:
    """Every result in the folder of a run, one at a time, in the order of the students' names.

    All are read before the first is given, so that whoever writes them has nothing half where one is damaged.

    Raises:
        UsageError: there is none, or one can't be read.
    """
    named = [(read_result(file).student, file) for file in result_files(run)]
    for _, file in sorted(named, key=lambda each: each[0]):
        yield read_result(file)


def each_result(run: Path) -> Iterator[Result]:
    """Every result in the folder of a run, one at a time, in the order of their files.

    Raises:
        UsageError: there is none, or one can't be read.
    """
    yield from map(read_result, result_files(run))


def result_files(run: Path) -> list[Path]:
    """The files of the results in the folder of a run.

    Raises:
        UsageError: there is none.
    """
    files = sorted((run / result(StudentId("any"))).parent.glob("*.json"))
    if not files:
        raise UsageError(f"{run}: holds no results; name the folder that `autograder grade` wrote with --out")
    return files


def require_no_results(run: Path) -> None:
    """See that no results lie in the folder of a run whose gradebook is empty.

    Raises:
        UsageError: some do, so that the gradebook was lost or is another; what they hold would be overwritten.
    """
    folder = (run / result(StudentId("any"))).parent
    if any(folder.glob("*.json")):
        raise UsageError(
            f"{run}: holds results of which the gradebook knows nothing, and marks by hand may be in them: put the"
            f" gradebook back, or name another folder with --out; to begin anew, move {folder} away; nothing was graded"
        )


def earlier_files(run: Path, students: Iterable[StudentId]) -> list[Path]:
    """The files of results in the folder of a run that are none of these students': those of runs before.

    Raises:
        UsageError: there is no result at all.
    """
    own = {run / result(student) for student in students}
    return [file for file in result_files(run) if file not in own]


def read_result(file: Path) -> Result:
    """The result in one of them.

    Raises:
        UsageError: it can't be read.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Result)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: is no result ({error}); grade again with --out {file.parent.parent}") from error


def of_student(results: Iterable[Result], student: str) -> Result:
    """One student's result.

    Raises:
        UsageError: there is none.
    """
    names = []
    for each in results:
        if each.student == student:
            return each
        names.append(each.student)
    known, more = ", ".join(sorted(names)[:_MOST_NAMED]), len(names) - _MOST_NAMED
    raise UsageError(f"no result is {student}'s; the students are {known}{f' and {more} more' if more > 0 else ''}")
