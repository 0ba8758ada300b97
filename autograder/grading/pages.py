"""What a run writes for people and programs, from what the gradebook holds."""

from collections.abc import Callable, Mapping, Sequence

from autograder import report
from autograder.build.translation import Catalogue, read_catalogue
from autograder.gradebook.attempt import Attempt
from autograder.grading.grader import Graded
from autograder.grading.places import Places, write
from autograder.grading.plan import Plan
from autograder.grading.scoring import score
from autograder.model.ids import Language
from autograder.model.result import Result


class Pages:
    """Writes a run's reports into its places."""

    def __init__(self, plan: Plan, places: Places) -> None:
        self._plan = plan
        self._places = places
        course = plan.course
        self._catalogues: Mapping[Language, Catalogue] = {
            language: read_catalogue(course, language) for language in course.languages
        }

    def result(self, attempt: Attempt) -> Result:
        """The score that follows from an attempt."""
        return score(
            attempt.student,
            attempt.verdicts,
            self._plan.checks,
            self._plan.course,
            findings=attempt.findings,
            level=attempt.level,
        )

    def write_student(self, graded: Graded, result: Result) -> None:
        """Write all files of one student.

        Raises:
            MachineError: one can't be written.
        """
        plan, places, student = self._plan, self._places, graded.student
        told = report.feedback(
            result,
            graded.verdicts,
            plan.checks,
            plan.course,
            findings=graded.findings,
            language=graded.language,
            translate=self._translator(graded.language),
        )
        page = report.student_page(
            result, graded.verdicts, plan.checks, plan.course, notebooks=graded.notebooks, home="../index.html"
        )
        write(places.result(student), report.result_json(result))
        write(places.feedback(student), report.feedback_page(told).encode())
        write(places.page(student), page.encode())
        for path, notebook in graded.notebooks.items():
            write(places.notebook(student, path), notebook)

    def write_class(self, results: Sequence[Result]) -> None:
        """Write the table and the page of the class.

        Raises:
            MachineError: one can't be written.
        """
        plan, places = self._plan, self._places
        links = {result.student: f"students/{places.page(result.student).name}" for result in results}
        write(places.scores, report.scores_csv(results, plan.course).encode())
        write(places.index, report.class_page(results, plan.checks, plan.course, links=links).encode())

    def _translator(self, language: Language) -> Callable[[str], str]:
        catalogue = self._catalogues[language]
        return lambda text: catalogue.get(text, text)
