"""The run over a class: what was handed in is graded, stored, and reported on."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.executors.executor import Executor
from autograder.grading.grader import Graded
from autograder.grading.intake import Found
from autograder.grading.pages import check_files, class_files, result_of
from autograder.grading.places import GRADEBOOK, write_files
from autograder.grading.plan import Plan
from autograder.grading.stores import Place, Remote
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.result import Result
from autograder.report.roll import Roll

Progress = Callable[[StudentId], None]  # called when a submission has been graded, stored and reported on


def grade_class(
    submissions: Sequence[Found],
    plan: Plan,
    out: Place,
    executor: Executor,
    progress: Progress,
    *,
    gradebook: str | None = None,
) -> tuple[Result, ...]:
    """Grade the submissions; the results, in the order of the students' names.

    Each is stored in the gradebook (of that URL, else in the folder of the run), on disk, before anything is written
    about it, so that a run which is killed loses none that was graded. Memory does not grow with the number of
    submissions until the page of the class is made.

    Raises:
        UsageError: the gradebook is not ours to write.
        MachineError: the gradebook or a report can't be written; what was stored is still there.
    """
    course_digest = plan.digest()
    with Gradebook(gradebook or gradebook_of(out)) as book:
        for graded in executor.grade(submissions):
            book.store(_attempt(graded, plan, course_digest))
            write_files(out, graded.files)
            progress(graded.student)
        students = {found.student for found in submissions}
        roll = Roll(plan.checks, plan.known)
        results = tuple(_result(attempt, plan, roll) for attempt in book.latest() if attempt.student in students)
    write_files(out, class_files(plan, roll) | check_files(plan, roll))
    return results


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


def _attempt(graded: Graded, plan: Plan, course_digest: str) -> Attempt:
    return Attempt(
        student=graded.student,
        submission_digest=graded.digest,
        course_digest=course_digest,
        level=plan.level,
        seed=plan.seed,
        verdicts=graded.verdicts,
        findings=graded.findings,
        graded_at=datetime.now(UTC),
    )


def _result(attempt: Attempt, plan: Plan, roll: Roll) -> Result:
    """A student's result, which is added to the roll of the class."""
    result = result_of(plan, attempt.student, attempt.verdicts, attempt.findings)
    roll.add(result, attempt.verdicts)
    return result
