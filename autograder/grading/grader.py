"""One submission graded, from the path where it lies to all that is stored and written about it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from autograder.gradebook.attempt import Attempt
from autograder.grading.counting import result_of
from autograder.grading.examiner import examine, ungraded
from autograder.grading.intake import Found, language, take_in
from autograder.grading.notebooks import execute_lessons
from autograder.grading.pages import instructor_files, student_files
from autograder.grading.plan import Plan
from autograder.model.ids import Language, StudentId
from autograder.model.mark import Mark
from autograder.model.record import Record
from autograder.model.submission import Finding, Submission
from autograder.model.verdict import Outcome, Verdict
from autograder.sandbox.warm import Sandbox


class Graded(Record, frozen=True):
    """A graded submission, as a worker hands it over."""

    attempt: Attempt  # not stored yet
    language: Language  # of the workspace that the student worked in
    files: dict[str, bytes]  # what to write about it, by path in the folder of the run

    @property
    def student(self) -> StudentId:
        """Whose it is."""
        return self.attempt.student

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One for each check."""
        return self.attempt.verdicts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What intake and the notebooks have to say: nothing of the hidden checks."""
        return self.attempt.findings

    @property
    def is_whole(self) -> bool:
        """Whether every check was graded."""
        return all(verdict.outcome is not Outcome.UNGRADED for verdict in self.verdicts)


def grade(found: Found, plan: Plan, sandbox: Sandbox) -> Graded:
    """Grade one submission; a fault of our own is an UNGRADED verdict, never an exception."""
    try:
        submission = take_in(found, plan.course, plan.workspaces)
        notebooks, told = execute_lessons(submission, plan.course, sandbox)
        findings, verdicts = (*submission.findings, *told), examine(submission, plan, sandbox)
        return _graded(found, submission, plan, _attempt(found, submission, plan, verdicts, findings), notebooks)
    except Exception as error:  # noqa: BLE001 - whatever fails here is ours, and must cost no student anything
        return not_graded(found, plan, f"{type(error).__name__}: {error}")


def not_graded(found: Found, plan: Plan, error: str) -> Graded:
    """A submission that could not be graded, which is not the student's fault."""
    submission = Submission(student=found.student, files={}, digest="")
    verdicts = tuple(ungraded(check, error) for check in plan.checks)
    return _graded(found, submission, plan, _attempt(found, submission, plan, verdicts, ()), {})


def files_of(
    attempt: Attempt, plan: Plan, marks: tuple[Mark, ...], spoken: Language, notebooks: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What is written about one student, whose marks win over the verdicts; feedback is in the language spoken."""
    result = result_of(plan, attempt, marks)
    told = result_of(plan, attempt, marks, plan.language)
    files = student_files(plan, result, attempt.verdicts, attempt.findings, spoken)
    return files | instructor_files(plan, told, attempt.verdicts, notebooks)


def _graded(
    found: Found, submission: Submission, plan: Plan, attempt: Attempt, notebooks: Mapping[str, bytes]
) -> Graded:
    spoken = language(submission.files, plan.course)
    files = files_of(attempt, plan, found.marks, spoken, notebooks)
    return Graded(attempt=attempt, language=spoken, files=files)


def _attempt(
    found: Found, submission: Submission, plan: Plan, verdicts: tuple[Verdict, ...], findings: tuple[Finding, ...]
) -> Attempt:
    return Attempt(
        student=submission.student,
        submission_digest=submission.digest,
        course_digest=plan.digest(),
        level=plan.level,
        seed=plan.seed,
        verdicts=verdicts,
        findings=findings,
        graded_at=datetime.now(UTC),
        receipt=found.receipt,
    )
