"""The run over a class: stored first, reported on then, in the same order and bytes each time."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace as with_fields

from autograder.gradebook.store import Gradebook, file_url
from autograder.grading import run
from autograder.grading.grader import grade, not_graded
from autograder.grading.places import write_files
from autograder.grading.run import grade_class, require_apart
from autograder.grading.sources.discovery import discover
from autograder.model.errors import UsageError
from autograder.model.mark import Mark
from autograder.model.policy import Counted, LateRule, Policy
from tests.report.reader import Page


class InThisProcess:
    """An executor without workers; `order` turns the submissions around."""

    def __init__(self, plan, sandbox, order=list):
        self.plan, self.sandbox, self.order = plan, sandbox, order

    def grade(self, submissions):
        """Each graded when it is asked for."""
        for found in self.order(list(submissions)):
            yield grade(found, self.plan, self.sandbox)


@pytest.fixture
def out(tmp_path):
    """The folder of a run."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def submissions(hand_in, answers, workspaces):
    """Three students: all answers, a skeleton in Chinese, an essay."""
    hand_in(answers, "ada")
    hand_in(workspaces["zh"], "bob")
    return discover(hand_in({"essay.txt": b""}, "eve eve").parent).submissions


def results_in(out):
    """Every file that has to be the same whenever the same is graded."""
    files = [
        *out.glob("results/*"),
        *out.glob("feedback/*"),
        *out.glob("checks/*"),
        out / "index.html",
        out / "scores.csv",
    ]
    return {file.relative_to(out): file.read_bytes() for file in files}


def test_a_class_is_graded_stored_and_reported(submissions, plan, sandbox, out):
    """Results come in the order of the names; every file is there."""
    seen = []
    results = grade_class(submissions, plan, out, InThisProcess(plan, sandbox), seen.append)
    assert [(result.student, result.score) for result in results] == [("ada", 1), ("bob", 0), ("eve eve", 0)]
    assert seen == ["ada", "bob", "eve eve"]
    assert list(csv.reader((out / "scores.csv").read_text().splitlines()))[1] == ["ada", "1", "1", "1"]
    assert json.loads((out / "results/ada.json").read_bytes())["level"] == plan.level
    assert (out / "notebooks/ada/01_first_coins.ipynb").exists()
    assert len(list(out.glob("students/eve_eve-*.html"))) == len(list(out.glob("feedback/eve_eve-*.html"))) == 1
    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
        assert [(each.student, each.seed, each.course_digest) for each in gradebook.latest()] == [
            (name, plan.seed, plan.digest()) for name in ("ada", "bob", "eve eve")
        ]


def test_every_link_of_every_page_leads_to_something(submissions, plan, sandbox, out):
    """By a path relative to the page, as a disk and any web server have it; also for names with spaces."""
    grade_class(submissions, plan, out, InThisProcess(plan, sandbox), lambda _: None)
    pages = {file: Page(file.read_text("utf-8")) for file in out.rglob("*.html")}
    links = [(file, urlsplit(link["href"])) for file, page in pages.items() for link in page.all("a")]
    assert {link.scheme + link.netloc for _, link in links} == {""}
    for file, link in links:
        target = (file.parent / unquote(link.path)).resolve() if link.path else file
        assert target in pages, (file, link)
        assert not link.fragment or unquote(link.fragment) in pages[target].ids(), (file, link)


def test_feedback_is_in_the_students_language(submissions, plan, sandbox, out):
    """A Chinese workspace gets Chinese feedback."""
    grade_class(submissions, plan, out, InThisProcess(plan, sandbox), lambda _: None)
    assert "钱包" in (out / "feedback/bob.html").read_text()
    assert "The purse" in (out / "feedback/ada.html").read_text()


def test_the_instructors_pages_are_in_the_language_asked_for(submissions, plan, sandbox, out):
    """The class, each student, each check; students' feedback stays in theirs."""
    spoken = replace(plan, language="zh")
    grade_class(submissions, spoken, out, InThisProcess(spoken, sandbox), lambda _: None)
    pages = [out / "index.html", out / "students/ada.html", *out.glob("checks/*.html")]
    assert len(pages) == 2 + len(plan.checks)
    assert all('<html lang="zh">' in page.read_text() for page in pages)
    assert "两枚硬币的价值是它们的和。" in (out / "students/ada.html").read_text()
    assert "The purse" in (out / "feedback/ada.html").read_text()


def test_the_same_again_gives_the_same_bytes(submissions, plan, sandbox, tmp_path):
    """Whatever order the workers end in."""
    for name, order in (("one", list), ("two", reversed)):
        (tmp_path / name).mkdir()
        grade_class(submissions, plan, tmp_path / name, InThisProcess(plan, sandbox, order), lambda _: None)
    assert results_in(tmp_path / "one") == results_in(tmp_path / "two")


def test_what_was_graded_before_a_run_was_killed_is_stored(submissions, plan, sandbox, out):
    """The gradebook has it, and so has the folder of results."""

    def killed(student):
        if student == "bob":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_class(submissions, plan, out, InThisProcess(plan, sandbox), killed)
    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
        assert [attempt.student for attempt in gradebook.latest()] == ["ada", "bob"]
    assert (out / "results/ada.json").exists()


def test_a_second_run_appends(submissions, plan, sandbox, out):
    """Earlier attempts stay; only this run's students are reported on."""
    for those, other in ((submissions, plan), (submissions[:1], replace(plan, seed=8))):
        results = grade_class(those, other, out, InThisProcess(other, sandbox), lambda _: None)
    assert [result.student for result in results] == ["ada"]
    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
        assert len(list(gradebook.of("ada"))) == 2
        assert len(list(gradebook.of("bob"))) == 1


def test_marks_by_hand_win_in_all_that_is_written(submissions, plan, sandbox, out):
    """The table, the class's page, the record, the instructor's page and the feedback have them after grading again."""
    grade_class(submissions, plan, out, InThisProcess(plan, sandbox), lambda _: None)
    [secret] = [check.id for check in plan.checks if check.points]
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    mark = Mark(student="bob", target=secret, by="Grace", at=when, points=0.5, comment="half a coin")
    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
        gradebook.mark(mark, plan.course, plan.checks)
    results = grade_class(submissions, plan, out, InThisProcess(plan, sandbox), lambda _: None)
    assert [(result.student, result.score) for result in results] == [("ada", 1), ("bob", 0.5), ("eve eve", 0)]
    assert "bob,0.5,0.5,1" in (out / "scores.csv").read_text()
    assert json.loads((out / "results/bob.json").read_bytes())["score"] == 0.5
    for page in ("students/bob.html", "feedback/bob.html"):
        assert "0.5 / 1 Grace, 2026-03-01 12:00 UTC half a coin" in Page((out / page).read_text()).text
    assert "bob 0.5 50 0.5" in Page((out / "index.html").read_text()).text


def test_a_mark_that_is_given_while_its_submission_is_graded_is_in_all_that_is_written(submissions, plan, sandbox, out):
    """Also in what was made before the mark was known; the notebook stays."""
    [secret] = [check.id for check in plan.checks if check.points]
    grade_class(submissions, plan, out, InThisProcess(plan, sandbox), lambda _: None)

    class Meanwhile(InThisProcess):
        def grade(self, waiting):
            for graded in super().grade(waiting):
                if graded.student == "ada":
                    mark = Mark(student="ada", target=secret, by="Grace", at=datetime.now(UTC), points=0.25)
                    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
                        gradebook.mark(mark, plan.course, plan.checks)
                yield graded

    other = replace(plan, seed=8)
    grade_class(submissions, other, out, Meanwhile(other, sandbox), lambda _: None)
    assert "ada,0.25,0.25,1" in (out / "scores.csv").read_text()
    assert json.loads((out / "results/ada.json").read_bytes())["score"] == 0.25
    assert "0.25 / 1 Grace" in Page((out / "feedback/ada.html").read_text()).text
    assert "01_first_coins.ipynb" in (out / "students/ada.html").read_text()


def test_a_mark_that_is_given_while_a_page_is_written_is_on_it(submissions, plan, sandbox, out, monkeypatch):
    """What was written without it is written again."""
    [secret] = [check.id for check in plan.checks if check.points]

    def and_marked(place, files):
        write_files(place, files)
        with Gradebook(file_url(out / "gradebook.db")) as gradebook:
            if not gradebook.marks("ada"):
                mark = Mark(student="ada", target=secret, by="Grace", at=datetime.now(UTC), points=0.25)
                gradebook.mark(mark, plan.course, plan.checks)

    monkeypatch.setattr(run, "write_files", and_marked)
    grade_class(submissions[:1], plan, out, InThisProcess(plan, sandbox), lambda _: None)
    assert json.loads((out / "results/ada.json").read_bytes())["score"] == 0.25


def test_what_the_platform_says_of_lateness_counts(submissions, plan, sandbox, out):
    """By the course's policy, and it is stored with the attempt."""
    policy = Policy(late=LateRule(percent=40))
    strict = replace(plan, course=with_fields(plan.course, policy=policy))
    late = [replace(submissions[0], is_late=True, attempt=2)]
    [result] = grade_class(late, strict, out, InThisProcess(strict, sandbox), lambda _: None)
    written = json.loads((out / "results/ada.json").read_bytes())
    assert result.score == written["score"] == 0.6
    assert written["attempt"] == 2


def test_where_the_best_counts_an_earlier_attempt_is_reported_on(hand_in, answers, workspaces, plan, sandbox, out):
    """What is handed in later can't take points away."""
    lenient = replace(plan, course=with_fields(plan.course, policy=Policy(counts=Counted.BEST)))
    for files in (answers, workspaces["en"]):
        submissions = discover(hand_in(files, "ada").parent).submissions
        [result] = grade_class(submissions, lenient, out, InThisProcess(lenient, sandbox), lambda _: None)
    assert (result.score, json.loads((out / "results/ada.json").read_bytes())["score"]) == (1, 1)
    assert "ada,1,1,1" in (out / "scores.csv").read_text()


class Failing(InThisProcess):
    """An executor whose sandbox can't be made any more."""

    def grade(self, submissions):
        """None is graded."""
        for found in submissions:
            yield not_graded(found, self.plan, "no room")


def test_a_fault_of_ours_does_not_hide_an_earlier_grade(hand_in, workspaces, answers, plan, sandbox, out):
    """The grade stays in all that is written, with a sentence in the student's language; grading again ends it."""
    tables, results, rows = [], [], []
    wrong = {**workspaces["zh"], "pocket/purse.py": answers["pocket/purse.py"]}
    for files, executor in (
        (wrong, InThisProcess(plan, sandbox)),
        (workspaces["zh"], Failing(plan, sandbox)),
        (workspaces["zh"], InThisProcess(plan, sandbox)),
    ):
        submissions = discover(hand_in(files, "ada").parent).submissions
        rows += grade_class(submissions, plan, out, executor, lambda _: None)
        tables.append((out / "scores.csv").read_text())
        results.append((out / "feedback/ada.html").read_text())
    assert [(row.score, row.is_earlier) for row in rows] == [(1, False), (1, True), (0, False)]
    assert tables[0] == tables[1] != tables[2]
    told = "最新的一次提交没能评分"
    assert [told in page for page in results] == [False, True, False]
    assert all('<html lang="zh">' in page for page in results)
    with Gradebook(file_url(out / "gradebook.db")) as gradebook:
        assert len(list(gradebook.of("ada"))) == 3


@pytest.mark.parametrize("out", ["submissions", "submissions/out", "submissions/a/b"])
def test_reports_must_not_lie_among_the_submissions(out, tmp_path):
    """The next run would take them for a student's."""
    with pytest.raises(UsageError, match="lies inside the folder of submissions; name a folder outside"):
        require_apart(tmp_path / "submissions", tmp_path / out)
    require_apart(tmp_path / "submissions", tmp_path / "submissions-out")
