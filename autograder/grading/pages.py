"""What a run writes for people and programs: the bytes of each file by its path in the folder of the run. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder import report
from autograder.grading import places
from autograder.grading.plan import Plan
from autograder.model.ids import Language
from autograder.model.result import Result
from autograder.model.submission import Finding
from autograder.model.verdict import Verdict

Files = dict[str, bytes]


def student_files(
    plan: Plan, result: Result, verdicts: Sequence[Verdict], findings: Sequence[Finding], language: Language
) -> Files:
    """One student's result for programs, and the feedback in the student's language."""
    catalogue = plan.catalogues[language]
    told = report.feedback(
        result,
        verdicts,
        plan.checks,
        plan.course,
        findings=findings,
        language=language,
        translate=lambda text: catalogue.get(text, text),
    )
    return {
        places.result(result.student): report.result_json(result),
        places.feedback(result.student): report.feedback_page(told).encode(),
    }


def instructor_files(plan: Plan, result: Result, verdicts: Sequence[Verdict], notebooks: Mapping[str, bytes]) -> Files:
    """The instructor's page of one student, and the notebooks as executed."""
    page = report.student_page(result, verdicts, site_of(plan), notebooks=notebooks)
    executed = {places.notebook(result.student, path): data for path, data in notebooks.items()}
    return {places.page(result.student): page.encode(), **executed}


def class_files(plan: Plan, roll: report.Roll) -> Files:
    """The table and the page of the class."""
    site = _site_with(plan, roll)
    return {
        places.SCORES: report.scores_csv(roll.rows, [unit.id for unit in plan.course.units]).encode(),
        places.INDEX: report.class_page(roll, site).encode(),
    }


def check_files(plan: Plan, roll: report.Roll) -> Files:
    """The page of every check."""
    site, failures = _site_with(plan, roll), roll.failures
    return {
        places.check_page(check.id): report.check_page(check, failures, plan.expected.get(check.id), site).encode()
        for check in plan.checks
    }


def _site_with(plan: Plan, roll: report.Roll) -> report.Site:
    return replace(site_of(plan), student_pages={row.student: places.page(row.student) for row in roll.rows})


def site_of(plan: Plan) -> report.Site:
    """The instructor's pages, in the instructor's language; they know no students yet."""
    catalogue = plan.catalogues[plan.language]
    return report.Site(
        course=plan.course,
        checks=plan.checks,
        language=plan.language,
        translate=lambda text: catalogue.get(text, text),
        index=places.INDEX,
        check_pages={check.id: places.check_page(check.id) for check in plan.checks},
    )
