"""What lies in the folder of a run about a student: the notebooks as executed, and the feedback."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import places
from autograder.grading.findings import lesson_stems, notebook_path
from autograder.grading.plan import Plan
from autograder.model.ids import Language, StudentId
from autograder.report.answers import Answer, answers


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of a run. What is missing there is missing, and no fault."""

    run: Path
    plan: Plan

    def notebooks(self, student: StudentId) -> Mapping[str, bytes]:
        """The executed notebooks, by their names."""
        files = [self.run / places.notebook(student, notebook_path(stem)) for stem in lesson_stems(self.plan.course)]
        return {file.name: file.read_bytes() for file in files if file.is_file()}

    def answers(self, student: StudentId) -> Mapping[str, tuple[Answer, ...]]:
        """What the student wrote in their own words, by the notebook's name."""
        untouched = self.plan.workspaces[self.language(student)]
        lessons = {Path(path).name: data for path, data in untouched.items() if path.startswith("lessons/")}
        return {name: answers(data, lessons.get(name, b"")) for name, data in self.notebooks(student).items()}

    def language(self, student: StudentId) -> Language:
        """The language of the student's feedback, which is that of the workspace; the course's first without any."""
        return places.language_told(self.run, student, self.plan.course)
