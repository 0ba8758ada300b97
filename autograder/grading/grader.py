"""One submission graded, from the path where it lies to all that is stored and written about it."""

from collections.abc import Mapping

from autograder.grading.examiner import examine, ungraded
from autograder.grading.intake import Found, language, take_in
from autograder.grading.notebooks import execute_lessons
from autograder.grading.pages import instructor_files, result_of, student_files
from autograder.grading.plan import Plan
from autograder.model.ids import Language, StudentId
from autograder.model.record import Record
from autograder.model.submission import Finding, Submission
from autograder.model.verdict import Outcome, Verdict
from autograder.sandbox.warm import Sandbox


class Graded(Record, frozen=True):
    """A graded submission, as a worker hands it over."""

    student: StudentId
    digest: str
    language: Language  # of the workspace that the student worked in
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]  # of intake and of the notebooks: nothing of the hidden checks
    files: dict[str, bytes]  # what to write about it, by path in the folder of the run

    @property
    def is_whole(self) -> bool:
        """Whether every check was graded."""
        return all(verdict.outcome is not Outcome.UNGRADED for verdict in self.verdicts)


def grade(found: Found, plan: Plan, sandbox: Sandbox) -> Graded:
    """Grade one submission; a fault of our own is an UNGRADED verdict, never an exception."""
    try:
        submission = take_in(found, plan.course, plan.workspaces)
        notebooks, told = execute_lessons(submission, plan.course, sandbox)
        return _graded(submission, (*submission.findings, *told), examine(submission, plan, sandbox), notebooks, plan)
    except Exception as error:  # noqa: BLE001 - whatever fails here is ours, and must cost no student anything
        return not_graded(found, plan, f"{type(error).__name__}: {error}")


def not_graded(found: Found, plan: Plan, error: str) -> Graded:
    """A submission that could not be graded, which is not the student's fault."""
    submission = Submission(student=found.student, files={}, digest="")
    return _graded(submission, (), tuple(ungraded(check, error) for check in plan.checks), {}, plan)


def _graded(
    submission: Submission,
    findings: tuple[Finding, ...],
    verdicts: tuple[Verdict, ...],
    notebooks: Mapping[str, bytes],
    plan: Plan,
) -> Graded:
    result = result_of(plan, submission.student, verdicts, findings)
    spoken = language(submission.files, plan.course)
    files = student_files(plan, result, verdicts, findings, spoken)
    told = result_of(plan, submission.student, verdicts, findings, plan.language)
    files |= instructor_files(plan, told, verdicts, notebooks)
    return Graded(
        student=submission.student,
        digest=submission.digest,
        language=spoken,
        verdicts=verdicts,
        findings=findings,
        files=files,
    )
