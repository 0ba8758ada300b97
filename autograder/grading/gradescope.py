"""One submission graded where Gradescope has put it: `submission/` becomes `results/results.json`."""

from pathlib import Path

from msgspec.structs import replace

from autograder.grading.counting import result_of
from autograder.grading.executors.executor import Executor
from autograder.grading.grader import Graded
from autograder.grading.intake import Found
from autograder.grading.plan import Plan
from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import StudentId
from autograder.model.result import Result
from autograder.model.shown import Shown
from autograder.model.verdict import Outcome
from autograder.report.exports.gradescope import gradescope_json

SUBMISSION, RESULTS = "submission", "results/results.json"
_STUDENT = StudentId("submission")  # Gradescope knows whose it is


def grade_for_gradescope(base: Path, plan: Plan, executor: Executor, hidden: Shown) -> tuple[Result, bytes]:
    """The result of the one submission below `base`, in the student's language, and what Gradescope is to read.

    Raises:
        UsageError: there is no folder of a submission.
        MachineError: the grader failed; a score would count what it could not grade as nothing.
    """
    folder = base / SUBMISSION
    if not folder.is_dir():
        raise UsageError(f"{folder}: is not there; name the folder that holds Gradescope's {SUBMISSION}/")
    [graded] = executor.grade([Found(_STUDENT, folder)])
    if ungraded := [verdict for verdict in graded.verdicts if verdict.outcome is Outcome.UNGRADED]:
        raise MachineError(
            f"{len(ungraded)} checks could not be graded, so that no score is given: {ungraded[0].cause}"
        )
    result = _told(graded, plan)
    return result, gradescope_json(result, hidden, graded.language)


def _told(graded: Graded, plan: Plan) -> Result:
    """The result with all texts in the student's language."""
    titles = plan.catalogues[graded.language]
    result = result_of(plan, graded.attempt, language=graded.language)
    checks = (replace(check, title=titles.get(check.title, check.title)) for check in result.checks)
    return replace(result, checks=tuple(checks))
