"""One submission graded, from the path where it lies to all that is stored of it."""

from autograder.grading.examiner import examine, ungraded
from autograder.grading.intake import Found, language, take_in
from autograder.grading.notebooks import execute_lessons
from autograder.grading.plan import Plan
from autograder.model.ids import Language, StudentId
from autograder.model.record import Record
from autograder.model.submission import Finding
from autograder.model.verdict import Outcome, Verdict
from autograder.sandbox.warm import Sandbox


class Graded(Record, frozen=True):
    """A graded submission, as a worker hands it over."""

    student: StudentId
    digest: str
    language: Language
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]  # of intake and of the notebooks: nothing of the hidden checks
    notebooks: dict[str, bytes]  # executed

    @property
    def is_whole(self) -> bool:
        """Whether every check was graded."""
        return all(verdict.outcome is not Outcome.UNGRADED for verdict in self.verdicts)


def grade(found: Found, plan: Plan, sandbox: Sandbox) -> Graded:
    """Grade one submission; a fault of our own is an UNGRADED verdict, never an exception."""
    try:
        submission = take_in(found, plan.course, plan.workspaces)
        notebooks, findings = execute_lessons(submission, plan.course, sandbox)
        return Graded(
            student=found.student,
            digest=submission.digest,
            language=language(submission.files, plan.course),
            verdicts=examine(submission, plan, sandbox),
            findings=(*submission.findings, *findings),
            notebooks=dict(notebooks),
        )
    except Exception as error:  # noqa: BLE001 - whatever fails here is ours, and must cost no student anything
        return not_graded(found, plan, f"{type(error).__name__}: {error}")


def not_graded(found: Found, plan: Plan, error: str) -> Graded:
    """A submission that could not be graded, which is not the student's fault."""
    return Graded(
        student=found.student,
        digest="",
        language=plan.course.languages[0],
        verdicts=tuple(ungraded(check, error) for check in plan.checks),
        findings=(),
        notebooks={},
    )
