"""Results become text: CSV, JSON and pages of HTML, by pure functions. Whoever calls them writes the files."""

from autograder.report.check_page import check_page
from autograder.report.classroom import class_page
from autograder.report.exports.records import result_json, result_schema
from autograder.report.exports.scores import scores_csv
from autograder.report.failures import Failures
from autograder.report.feedback import Feedback, feedback
from autograder.report.feedback_page import feedback_page
from autograder.report.roll import Roll, Row, row
from autograder.report.site import Site
from autograder.report.student import student_page

__all__ = [
    "Failures",
    "Feedback",
    "Roll",
    "Row",
    "Site",
    "check_page",
    "class_page",
    "feedback",
    "feedback_page",
    "result_json",
    "result_schema",
    "row",
    "scores_csv",
    "student_page",
]
