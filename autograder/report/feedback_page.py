"""The page that a student gets: one file that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.report.pages import page

if TYPE_CHECKING:
    from autograder.report.feedback import Feedback


def feedback_page(feedback: Feedback) -> str:
    """A student's feedback as HTML, in the language that it is written in."""
    return page("feedback.html.jinja", feedback.language, feedback=feedback)
