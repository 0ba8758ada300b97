"""What an instructor does at the desk."""

import dataclasses
import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from autograder.model.errors import UsageError
from autograder.model.mark import Action, Mark
from autograder.model.submission import Receipt
from autograder.model.verdict import Outcome
from autograder.report.marking import marking_page
from autograder.serving.desk import Desk
from tests.report.reader import Page

CONSTANT = "test_node::test_constant"


def mark(desk, **changes):
    """A mark of Bob's for a check, by Ada."""
    given = {"student": "bob", "target": CONSTANT, "by": desk.by, "at": desk.now(), "points": 1.5, **changes}
    desk.mark(Mark(**given))


def result(run, student="bob"):
    """What is written for programs."""
    return json.loads((run / f"results/{student}.json").read_bytes())


def feedback(run, student="bob"):
    """What the student has."""
    return Page((run / f"feedback/{student}.html").read_text("utf-8")).text


def bob(desk):
    """How Bob stands."""
    (standing,) = [each for each in desk.standings() if each.student == "bob"]
    assert standing == desk.standing("bob")
    return standing


def test_everybody_is_listed(desk):
    """With points, none where a part is not graded; nothing is released yet."""
    listed = [(each.student, each.score, each.max_score, each.marks, each.released) for each in desk.standings()]
    assert listed == [
        ("ann", 6, 6, 0, ""),
        ("bob", 2, 6, 0, ""),
        ("cleo", 4, 6, 0, ""),
        ("dan", None, 6, 0, ""),
        ("eve", 4, 6, 0, ""),
    ]


def test_a_mark_wins(desk, run):
    """The result and the instructor's page have it, with who and when; the feedback has it only when it is released."""
    before = feedback(run)
    mark(desk, comment="half right")
    assert bob(desk).score == result(run)["score"] == 3.5
    page = Page((run / "students/bob.html").read_text("utf-8")).text
    assert "A constant has no node. ✎ by hand 1.5 / 2 Ada, 2026-03-01 12:01 UTC half right" in page
    assert feedback(run) == before
    desk.release(["bob"])
    assert "✎ 人工 1.5 / 2 Ada, 2026-03-01 12:01 UTC half right" in feedback(run)


def test_what_was_ungraded_is_graded_by_a_mark(desk):
    """Dan's points are known then."""
    mark(desk, student="dan", points=2)
    assert {each.student: each.score for each in desk.standings()}["dan"] == 4


def test_an_answer_in_own_words_is_marked_beside_the_checks(desk, run):
    """The unit has more points then, and so has the whole."""
    mark(desk, target="edge", points=3, out_of=4)
    assert (result(run)["score"], result(run)["max_score"]) == (5, 10)


def test_a_withdrawn_mark_is_kept_and_no_longer_counts(desk, run):
    """The history has both."""
    mark(desk)
    mark(desk, action=Action.WITHDRAWN)
    assert result(run)["score"] == 2
    assert [each.action for each in desk.graded("bob").history] == [Action.GIVEN, Action.WITHDRAWN]


def test_a_mark_that_cannot_be_is_refused(desk, run):
    """Everything stays as it was."""
    before = result(run)
    with pytest.raises(UsageError, match="has 0 to 2 points, and the mark 7"):
        mark(desk, points=7)
    with pytest.raises(UsageError, match="no check, exercise or unit of the course is called nothing"):
        mark(desk, target="nothing")
    assert result(run) == before
    assert desk.graded("bob").history == ()


def test_a_release_is_stale_when_something_changes(desk):
    """A mark given since; released again it is not."""
    assert desk.release(["bob"]) == 1
    assert (bob(desk).released, bob(desk).is_stale) == ("2026-03-01 12:01 UTC, Ada", False)
    mark(desk)
    assert bob(desk).is_stale
    desk.release(["bob"])
    assert (bob(desk).released, bob(desk).is_stale) == ("2026-03-01 12:03 UTC, Ada", False)


def test_all_are_released_that_need_it(desk, run):
    """Those who have what is true are left alone; the class's table and page follow."""
    mark(desk)
    assert desk.release_all() == 5
    assert desk.release_all() == 0
    mark(desk, student="eve")
    assert desk.release_all() == 1
    assert "bob,2,1.5,3.5,6" in (run / "scores.csv").read_text()
    assert "bob 3.5 58 2 1.5" in Page((run / "index.html").read_text("utf-8")).text


def test_a_release_can_be_withdrawn(desk):
    """Nothing is released then, and the gradebook knows who took it back."""
    desk.release(["bob"])
    desk.withdraw("bob")
    assert bob(desk).released == ""
    assert [(each.is_withdrawn, each.by) for each in desk.gradebook.releases("bob")] == [(False, "Ada"), (True, "Ada")]


def test_what_a_student_wrote_is_shown(desk):
    """With the heading that it stands under; what is the lesson's own is not."""
    (answer,) = desk.graded("bob").answers["01_first_graph.ipynb"]
    assert (answer.heading, answer.text) == ("In your own words", "Since edges have *slots*.")
    assert desk.graded("ann").answers["01_first_graph.ipynb"] == ()


def test_a_student_is_found_by_the_page(desk):
    """And nobody else is."""
    assert desk.student_at("students/bob.html") == "bob"
    assert desk.student_at("students/zoe.html") is None


def test_what_was_graded_since_is_seen(desk, run):
    """Another process grades: a student's points change, one is new, one's result is gone; nothing is opened anew."""
    bob, ann = run / "results/bob.json", run / "results/ann.json"
    (run / "results/zoe.json").write_bytes(ann.read_bytes().replace(b'"ann"', b'"zoe"'))
    bob.write_bytes(bob.read_bytes().replace(b'"score": 2.0', b'"score": 5.5', 1))
    ann.unlink()
    listed = {each.student: each.score for each in desk.standings()}
    assert listed == {"bob": 5.5, "cleo": 4, "dan": None, "eve": 4, "zoe": 6}
    assert (desk.student_at("students/zoe.html"), desk.student_at("students/ann.html")) == ("zoe", None)


def test_a_student_without_an_attempt_is_told(desk, run):
    """The folder has a result that the gradebook knows nothing of."""
    (run / "results/zoe.json").write_bytes((run / "results/bob.json").read_bytes().replace(b'"bob"', b'"zoe"'))
    other = Desk(run=run, plan=desk.plan, gradebook=desk.gradebook, by="Ada")
    with pytest.raises(UsageError, match="no attempt in the gradebook is zoe's; grade again"):
        other.graded("zoe")


def test_a_folder_without_results_is_told(desk, tmp_path):
    """It is no run's."""
    with pytest.raises(UsageError, match="holds no results; name the folder"):
        Desk(run=tmp_path, plan=desk.plan, gradebook=desk.gradebook, by="Ada")


# ---- what a grade can be defended with


def page_of(desk, student="bob"):
    """The student's page, as it is read."""
    return Page(marking_page(desk.graded(student), desk.standing(student), desk.site, secret="s")).text


def test_every_attempt_is_told(desk):
    """The newest first: its points by today's marks, which counts, when it was graded and by whom."""
    first = desk.gradebook.last("bob")
    later = first.graded_at + timedelta(hours=1)
    passed = tuple(replace(verdict, outcome=Outcome.PASSED, cause=None) for verdict in first.verdicts)
    receipt = Receipt(number=2, is_late=True)
    desk.gradebook.store(replace(first, id=None, verdicts=passed, graded_at=later, graded_by="Tutor", receipt=receipt))
    told = page_of(desk)
    assert (
        "Attempts, as today's rules have them: 2 6 / 6 counts · submission 2 · late graded 2026-03-01 13:00 UTC, Tutor"
        " 2 / 6 · submission 1 graded 2026-03-01 12:00 UTC"
    ) in told
    assert told.count(" counts ·") == 1


def test_a_mark_on_a_check_that_is_gone_is_told(desk):
    """With its comment, so that it can be given anew; the other attempts have lost the check, too."""
    mark(desk, comment="half right")
    kept = tuple(check for check in desk.plan.checks if check.id != CONSTANT)
    desk.plan = dataclasses.replace(desk.plan, checks=kept)
    told = page_of(desk)
    assert "Marks on what the course no longer has: they count no more" in told
    assert f"{CONSTANT} ✎ by hand 1.5 Ada, 2026-03-01 12:01 UTC half right" in told
