"""One submission graded, from the path where it lies to all that is stored and written about it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from autograder.gradebook.attempt import UNCERTAIN, Attempt, Evidence, Execution
from autograder.gradebook.packing import packed
from autograder.grading.addresses import Addresses, digest_of
from autograder.grading.counting import result_of
from autograder.grading.examiner import Examiner, candidate_files, ungraded
from autograder.grading.intake import Found, Read, language, look_through, read_in
from autograder.grading.judged import Judged
from autograder.grading.notebooks import execute_lessons, lessons_of
from autograder.grading.pages import instructor_files, student_files
from autograder.grading.past import executed
from autograder.grading.plan import Plan
from autograder.grading.scoring import ENGLISH
from autograder.model.check import Visibility
from autograder.model.ids import Language, StudentId
from autograder.model.mark import Mark
from autograder.model.record import Record
from autograder.model.submission import Finding, Submission
from autograder.model.verdict import Verdict, are_whole
from autograder.sandbox.reusing import Reusing
from autograder.sandbox.warm import Sandbox


class Graded(Record, frozen=True):
    """A graded submission, as a worker hands it over."""

    attempt: Attempt  # not stored yet
    language: Language  # of the workspace that the student worked in
    files: dict[str, bytes]  # what to write about it, by path in the folder of the run
    evidence: bytes = b""  # what the verdicts were made from, as the gradebook packs it
    marks: tuple[Mark, ...] = ()  # with which the files were made; others may have been given since

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
        return are_whole(self.verdicts)


def grade(found: Found, plan: Plan, sandbox: Sandbox) -> Graded:
    """Grade one submission; a fault of our own is an UNGRADED verdict, never an exception.

    What the student's last attempt knows by the same address is neither run nor executed again.
    """
    try:
        read = read_in(found.path, plan.course, plan.workspaces)
        submission = look_through(found, read, plan.course, plan.workspaces)
        before = found.past.unpacked()
        examiner = Examiner(submission, plan, found.past.judged(before))
        with Reusing(sandbox) as visible:  # what students see comes first
            examiner.judge(Visibility.PUBLIC, visible)
            execution = _executed(submission, plan, visible, before)
        examiner.judge(Visibility.HIDDEN, sandbox)
        return _graded(found, submission, plan, examiner.judged(), execution, key_of(found, read, plan))
    except Exception as error:  # noqa: BLE001 - whatever fails here is ours, and must cost no student anything
        return not_graded(found, plan, f"{type(error).__name__}: {error}")


def not_graded(found: Found, plan: Plan, error: str) -> Graded:
    """A submission that could not be graded, which is not the student's fault."""
    submission = Submission(student=found.student, files={}, digest="")
    judged = [Judged(verdict=ungraded(check, error)) for check in plan.checks]
    return _graded(found, submission, plan, judged, _NO_NOTEBOOKS, "")


def key_of(found: Found, read: Read, plan: Plan) -> str:
    """Names all that grading a submission depends on, at the cost of having read it."""
    return digest_of(
        read.digest(),
        ascii((found.findings, found.receipt)),
        plan.digest(),
        plan.level,
        plan.seed,
        plan.course.kernel,
        plan.judging,
    )


def files_of(
    attempt: Attempt, plan: Plan, marks: tuple[Mark, ...], spoken: Language, notebooks: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What is written about one student, whose marks win over the verdicts; feedback is in the language spoken."""
    result = result_of(plan, attempt, marks)
    told = result if plan.language == ENGLISH else result_of(plan, attempt, marks, plan.language)
    files = student_files(plan, result, attempt.verdicts, attempt.findings, spoken)
    return files | instructor_files(plan, told, attempt.verdicts, notebooks)


_NO_NOTEBOOKS = Execution(address="", notebooks={}, findings=())


def _executed(submission: Submission, plan: Plan, sandbox: Reusing, before: Evidence) -> Execution:
    """The submission's notebooks as executed, now or before; without an address where that could be otherwise."""
    address = Addresses(candidate_files(submission), plan).of_notebooks(lessons_of(submission))
    if known := executed(before, address):
        return known
    new = execute_lessons(submission, plan.course, sandbox)
    return Execution(address=address if new.is_certain else "", notebooks=dict(new.notebooks), findings=new.findings)


def _graded(
    found: Found, submission: Submission, plan: Plan, judged: Sequence[Judged], execution: Execution, key: str
) -> Graded:
    is_certain = bool(execution.address) and all(each.is_certain for each in judged)
    attempt = Attempt(
        student=submission.student,
        submission_digest=submission.digest,
        course_digest=plan.digest(),
        level=plan.level,
        seed=plan.seed,
        verdicts=tuple(each.verdict for each in judged),
        findings=(*submission.findings, *execution.findings),
        graded_at=datetime.now(UTC),
        key=key if is_certain else key + UNCERTAIN,
        receipt=found.receipt,
    )
    spoken = language(submission.files, plan.course)
    evidence = Evidence(judgements=tuple(each.judgement for each in judged), execution=execution)
    files = files_of(attempt, plan, found.past.marks, spoken, execution.notebooks)
    return Graded(attempt=attempt, language=spoken, files=files, evidence=packed(evidence), marks=found.past.marks)
