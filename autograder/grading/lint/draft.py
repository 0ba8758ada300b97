"""A course that is being written, and what is made of it while its rules are looked after."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from autograder.build.edition import Edition, edition_of
from autograder.build.reference import reference_files
from autograder.build.stubs import Level as Help
from autograder.build.workspace import workspace_files
from autograder.checks.collect import collect_course
from autograder.checks.lessons import lesson_module, lesson_path
from autograder.grading.examiner import candidate_files, examine
from autograder.grading.findings import lesson_stems, notebook_path
from autograder.grading.planning import make_plan
from autograder.model.check import Check, Visibility
from autograder.model.errors import MachineError
from autograder.model.ids import StudentId
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.sandbox.warm import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from autograder.grading.plan import Plan
    from autograder.model.course import Course
    from autograder.model.ids import CheckId
    from autograder.model.verdict import Verdict
    from autograder.sandbox.level import Level

ANYONE = StudentId("anyone")


class Draft:
    """A course and, as a context manager, all that is made of it: each thing once, when a rule first asks for it.

    Attributes:
        course: the course.
        level: the isolation in which its solutions run.
    """

    def __init__(self, course: Course, level: Level) -> None:
        self.course = course
        self.level = level
        self._files: dict[tuple[str, Help, bool], Mapping[str, bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def editions(self, *, answers: bool = False) -> Iterator[Edition]:
        """The course in each language, at each level of help; with answers the level makes no difference.

        Raises:
            CourseError: a language's catalogue is missing or broken.
        """
        for language in self.course.languages:
            for level in (Help.STANDARD,) if answers else Help:
                yield edition_of(self.course, language, level, answers=answers)

    def files(self, edition: Edition) -> Mapping[str, bytes]:
        """An edition's workspace, without what its checks expect.

        Raises:
            CourseError: a template or text of the course is wrong.
        """
        key = (edition.language, edition.level, edition.answers)
        if key not in self._files:
            self._files[key] = workspace_files(self.course, edition)
        return self._files[key]

    @cached_property
    def checks(self) -> Mapping[Visibility, tuple[Check, ...]]:
        """The course's checks.

        Raises:
            CourseError: a check is wrong.
        """
        found = collect_course(self.course)
        return {each: tuple(check for check in found if check.visibility is each) for each in Visibility}

    @cached_property
    def plan(self) -> Plan:
        """The plan of a run, with what the reference answers.

        Raises:
            CourseError: a check, template or text of the course is wrong.
            MachineError: the machine can't isolate at the level.
        """
        return make_plan(self.course, self.level)

    @cached_property
    def sandbox(self) -> Sandbox:
        """The warm parent of every trial; it ends with the draft.

        Raises:
            MachineError: the machine can't isolate at the level.
        """
        kernel = self.course.kernel if lesson_stems(self.course) else None
        answers = reference_files(self.course)  # no secret: all that runs here is the author's
        shared = (*self.plan.shared, *answers.items())
        parent = Sandbox(self.course.packages, self.level, kernel=kernel, shared=shared)
        return self._open.enter_context(parent)

    def candidate(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """What a child imports of a workspace's files: the modules, and the exercises lifted out of the lessons."""
        lessons = {
            lesson_path(stem): lesson_module(files[name], name, self.course.package, self.course.languages[0])
            for stem in lesson_stems(self.course)
            for name in [notebook_path(stem)]
        }
        return candidate_files(Submission(student=ANYONE, files={**files, **lessons}, digest=""))

    def failing(self, candidate: Mapping[str, bytes], checks: Sequence[Check]) -> dict[CheckId, Verdict]:
        """The verdicts on a candidate, of all of these checks that it doesn't pass.

        Raises:
            CourseError: as `plan`.
            MachineError: the machine failed, so that there is no verdict.
        """
        plan = replace(self.plan, checks=tuple(checks))
        submission = Submission(student=ANYONE, files=dict(candidate), digest="")
        verdicts = examine(submission, plan, self.sandbox)
        for verdict in verdicts:
            if verdict.outcome is Outcome.UNGRADED:
                raise MachineError(f"{verdict.check} got no verdict ({verdict.cause}); lint the course again")
        return {verdict.check: verdict for verdict in verdicts if verdict.outcome is not Outcome.PASSED}
