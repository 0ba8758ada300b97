"""What a run needs to know of the course, made once and the same for every submission."""

from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.intake import Workspaces
from autograder.model.course import Course


def untouched_workspaces(course: Course) -> Workspaces:
    """The files of an untouched workspace in each of the course's languages.

    Raises:
        CourseError: a template or text of the course is wrong.
    """
    return {language: workspace_files(course, edition_of(course, language)) for language in course.languages}
