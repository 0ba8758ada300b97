"""The run over a class: what was handed in is graded, stored, and reported on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace as with_fields

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.addresses import digest_of
from autograder.grading.counting import counting_attempt, result_of
from autograder.grading.executors.executor import Executor
from autograder.grading.grader import Graded, files_of, key_of
from autograder.grading.intake import Found, read_in
from autograder.grading.pages import check_files, class_files
from autograder.grading.past import Past
from autograder.grading.places import GRADEBOOK, are_written, language_told, write_files, written
from autograder.grading.plan import Plan
from autograder.grading.stores import Place, Remote
from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import StudentId
from autograder.model.mark import Mark
from autograder.model.policy import Counted
from autograder.model.verdict import are_whole
from autograder.report.roll import Roll, Row

_AT_ONCE = 50
_Thing = TypeVar("_Thing")
Progress = Callable[[StudentId], None]  # called when a submission has been graded, stored and reported on


def grade_class(  # noqa: PLR0913 - each is a thing of its own
    submissions: Sequence[Found],
    plan: Plan,
    out: Place,
    executor: Executor,
    progress: Progress,
    *,
    book: Gradebook | None = None,
    by: str = "",
) -> tuple[Row, ...]:
    """Grade the submissions; a row for each student, in the order of their names.

    Each is stored in the gradebook (an open one, else one in the folder of the run), on disk, before anything is
    written about it, so that a run which is killed loses none that was graded. What was graded before, and would be
    graded the same, is not graded again; an attempt is added only where it says something new. Memory grows with the
    students' rows alone. `by` is who runs the grader.

    Raises:
        UsageError: the gradebook is not ours to write.
        MachineError: the gradebook or a report can't be written; what was stored is still there.
    """
    with nullcontext(book) if book else Gradebook(gradebook_of(out)) as opened:
        run = Run(opened, plan, out, progress, by)
        for graded in executor.grade(run.waiting(submissions)):
            run.settle(graded)
        return run.report(found.student for found in submissions)


def gradebook_of(out: Place) -> str:
    """The URL of the gradebook that lies in the folder of a run.

    Raises:
        UsageError: the folder is elsewhere, where no database can lie.
    """
    if isinstance(out, Remote):
        raise UsageError(
            f"{out}: can't hold the gradebook, which is a database: name a file of this machine with --gradebook"
            " sqlite:///PATH, or a server with --gradebook postgresql+psycopg://HOST/NAME"
        )
    return file_url(out / GRADEBOOK)


def require_apart(submissions: Place, out: Place) -> None:
    """See that reports don't land among the submissions, where the next run would take them for one.

    Raises:
        UsageError: they would.
    """
    if isinstance(submissions, Remote) or isinstance(out, Remote):
        is_inside = f"{out}/".startswith(f"{submissions}/")
    else:
        is_inside = submissions.resolve() in (out.resolve(), *out.resolve().parents)
    if is_inside:
        raise UsageError(f"{out}: lies inside the folder of submissions; name a folder outside of it with --out")


def past_of(book: Gradebook, last: Attempt | None, marks: tuple[Mark, ...]) -> Past:
    """What the gradebook holds of a student, whose last attempt and marks these are.

    Where we failed at the last, nothing was learnt from it, and the one before it is what is known.
    """
    if last is None:
        return Past()  # nor is there a mark: it would be one of an attempt
    known = last if are_whole(last.verdicts) else _newest_whole(book.of(last.student)) or last
    return Past(marks=marks, verdicts=known.verdicts, evidence=book.packed_evidence(known.id or 0))


def _newest_whole(attempts: Iterable[Attempt]) -> Attempt | None:
    newest = None
    for attempt in attempts:
        newest = attempt if are_whole(attempt.verdicts) else newest
    return newest


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way, with an open gradebook."""

    book: Gradebook
    plan: Plan
    out: Place
    progress: Progress
    by: str

    def waiting(self, submissions: Iterable[Found]) -> Iterator[Found]:
        """The submissions about which there is anything to do, each with what is known of its student."""
        for some in _few_at_once(submissions):
            students = [found.student for found in some]
            last, marks = self.book.last_of(students), self.book.marks_of(students)
            for found in some:
                attempt, given = last.get(found.student), marks[found.student]
                if attempt is not None and self._is_done(found, attempt, given):
                    self.progress(found.student)
                else:
                    yield replace(found, past=past_of(self.book, attempt, given))

    def settle(self, graded: Graded) -> None:
        """Store an attempt if it says something new, then write what follows from it and the student's marks."""
        attempt = self.book.store(with_fields(graded.attempt, graded_by=self.by), graded.evidence)
        known = None
        while (marks := self.book.marks(graded.student)) != known:  # one may be given while we write
            made_from = {written(graded.student): self._made_from(attempt, marks).encode()}
            write_files(self.out, self._files(graded, attempt, marks) | made_from)
            known = marks
        self.progress(graded.student)

    def report(self, students: Iterable[StudentId]) -> tuple[Row, ...]:
        """Write what is told of the class; the rows of these students, in the order of their names."""
        roll = Roll(self.plan.checks, self.plan.known)
        for some in _few_at_once(sorted(students)):
            last, marks = self.book.last_of(some), self.book.marks_of(some)
            for student in some:
                if attempt := counting_attempt(self.book, last.get(student), self.plan, marks[student]):
                    roll.add(result_of(self.plan, attempt, marks[student]), attempt.verdicts)
        write_files(self.out, class_files(self.plan, roll) | check_files(self.plan, roll))
        return tuple(roll.rows)

    def _is_done(self, found: Found, last: Attempt, marks: tuple[Mark, ...]) -> bool:
        """Whether a submission was graded as it would be now, and all that follows is written."""
        try:
            read = read_in(found.path, self.plan.course, self.plan.workspaces)
        except (MachineError, OSError):  # which the worker will tell
            return False
        if last.key != key_of(found, read, self.plan):
            return False
        return are_written(self.out, found.student, self._made_from(last, marks))

    def _made_from(self, last: Attempt, marks: tuple[Mark, ...]) -> str:
        return digest_of(last.key, marks, self.plan.words)

    def _files(self, graded: Graded, last: Attempt, marks: tuple[Mark, ...]) -> dict[str, bytes]:
        """What the worker has made, unless an earlier attempt counts, or marks were given while it worked."""
        if marks == graded.marks and self.plan.course.policy.counts is Counted.LAST and graded.is_whole:
            return graded.files
        counting = counting_attempt(self.book, last, self.plan, marks)
        if counting is None or counting.id is None or (counting.id == last.id and marks == graded.marks):
            return graded.files
        execution = self.book.evidence(counting.id).execution
        notebooks = execution.notebooks if execution else {}
        is_read = bool(graded.attempt.submission_digest)  # else nobody knows its language
        spoken = graded.language if is_read else language_told(self.out, graded.student, self.plan.course)
        return files_of(counting, self.plan, marks, spoken, notebooks)


def _few_at_once(things: Iterable[_Thing]) -> Iterator[tuple[_Thing, ...]]:
    """All of them in turn, so many as one question to the gradebook is good for: memory stays flat."""
    rest = iter(things)
    while few := tuple(islice(rest, _AT_ONCE)):
        yield few
