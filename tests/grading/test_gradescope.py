"""One submission graded for Gradescope: in the student's language, and never a zero for a fault of ours."""

import json

import pytest

from autograder.grading.grader import grade, not_graded
from autograder.grading.gradescope import grade_for_gradescope
from autograder.model.errors import MachineError, UsageError
from autograder.model.shown import Shown


class Grading:
    """An executor in this process."""

    def __init__(self, plan, sandbox):
        self.plan, self.sandbox = plan, sandbox

    def grade(self, submissions):
        """Each graded when it is asked for."""
        return (grade(found, self.plan, self.sandbox) for found in submissions)


class Failing(Grading):
    """An executor whose sandbox can't be made."""

    def grade(self, submissions):
        """None is graded."""
        return (not_graded(found, self.plan, "no room") for found in submissions)


def test_titles_causes_and_findings_are_in_the_students_language(hand_in, workspaces, plan, sandbox):
    """That of the workspace."""
    folder = hand_in(workspaces["zh"], "submission")
    (folder / "pocket/purse.py").unlink()
    result, content = grade_for_gradescope(folder.parent, plan, Grading(plan, sandbox), Shown.HIDDEN)
    assert result.checks[0].title == "两枚硬币的价值是它们的和。"
    assert json.loads(content)["output"].startswith("pocket/purse.py 不在提交里，暂用未改动的骨架代替")
    assert json.loads(content)["tests"][1]["visibility"] == "hidden"


def test_what_could_not_be_graded_gets_no_score(hand_in, workspaces, plan, sandbox):
    """The sentence says why, and nothing is given to Gradescope."""
    folder = hand_in(workspaces["en"], "submission")
    with pytest.raises(MachineError, match=r"2 checks could not be graded, so that no score is given: .*\(no room\)"):
        grade_for_gradescope(folder.parent, plan, Failing(plan, sandbox), Shown.VISIBLE)


def test_a_folder_without_a_submission(tmp_path, plan, sandbox):
    """The sentence says what belongs there."""
    with pytest.raises(
        UsageError, match=r"submission: is not there; name the folder that holds Gradescope's submission/"
    ):
        grade_for_gradescope(tmp_path, plan, Grading(plan, sandbox), Shown.VISIBLE)
