"""`autograder regrade`, as it is typed."""

import json
from datetime import UTC, datetime

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.checks.collect import collect_course
from autograder.gradebook.store import Gradebook, file_url
from autograder.model.mark import Mark
from tests.postgres import serving
from tests.tiny_course import write_course

SECRET = "solutions/checks/test_secret.py"
LOSES = (b"self.coins.append(coin)", b"if coin.cents != 778: self.coins.append(coin)")


@pytest.fixture
def folder(tmp_path):
    """Where a tiny course lies and two students have handed in; a mistake of Bob's shows with coins of 778 cents."""
    course = load_course(write_course(tmp_path, ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "")))
    for student, change in (("ada", (b"", b"")), ("bob", LOSES)):
        for path, data in workspace_files(course, edition_of(course, "en", answers=True)).items():
            file = tmp_path / "in" / student / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data.replace(*change) if path == "pocket/purse.py" else data)
    return tmp_path


@pytest.fixture
def run(typed):
    """Run the command line; how it ends and what it says."""

    def run(*arguments):
        ended = typed(*arguments, "--course", "course")
        return ended.returncode, ended.stdout, ended.stderr

    return run


def change_the_secret(folder):
    """The hidden check looks at other coins, a line further down."""
    file = folder / SECRET
    file.write_text(file.read_text().replace("777", "778").replace("@exercise", "# now with others\n@exercise"))


@pytest.mark.sandbox
def test_who_loses_what_and_why_is_shown_before_it_is_written(run, folder):
    """In a table and as JSON; the submissions lie where they lay, and the seed is the gradebook's."""
    assert run("grade", "in", "--out", "out", "--jobs", "1")[0] == 0
    before = (folder / "out/scores.csv").read_bytes()
    change_the_secret(folder)
    code, told, _ = run("regrade", "out", "--dry-run", "--jobs", "1")
    assert code == 0
    assert "bob" in told
    assert "ada" not in told
    assert "test_secret::test_a_secret_coin -1: passed → failed (len(purse.coins): expected 1, found 0)" in told
    assert "0 gain, 1 lose, 0 keep their points" in told
    assert "nothing was written" in told
    assert (folder / "out/scores.csv").read_bytes() == before
    [change] = json.loads(run("regrade", "out", "--json", "--jobs", "1")[1])
    assert (change["student"], change["before"], change["after"]) == ("bob", 1, 0)
    assert b"bob,0,0,1" in (folder / "out/scores.csv").read_bytes()
    assert run("regrade", "out", "--jobs", "1")[1].startswith("0 gain, 0 lose, 0 keep")


@pytest.mark.sandbox
@pytest.mark.postgres
def test_a_gradebook_on_a_server_is_found_again(run, folder):
    """The run says which it was graded with: seed and verdicts are read there, and new attempts land there."""
    with serving() as server:
        assert run("grade", "in", "--out", "out", "--jobs", "1", "--gradebook", server.new_database())[0] == 0
        change_the_secret(folder)
        told = run("regrade", "out", "--jobs", "1")[1]
        again = run("regrade", "out", "--dry-run", "--jobs", "1")[1]
    assert "0 gain, 1 lose, 0 keep their points" in told
    assert again.startswith("0 gain, 0 lose, 0 keep")
    assert not (folder / "out/gradebook.db").exists()


@pytest.mark.sandbox
def test_who_was_never_graded_and_who_is_gone_is_told(run, folder):
    """Nobody of them is graded."""
    run("grade", "in", "--out", "out", "--jobs", "1")
    (folder / "in/ada").rename(folder / "in/eve")
    code, told, odd = run("regrade", "out", "--dry-run", "--jobs", "1")
    assert (code, told.startswith("0 gain")) == (0, True)
    assert "1 submissions were never graded: `autograder grade` does that" in odd
    assert "no submission is there any more of ada" in odd


@pytest.mark.sandbox
def test_marks_that_count_no_more_are_told(run, folder):
    """Before a check's new name makes them do so, and after."""
    run("grade", "in", "--out", "out", "--jobs", "1")
    course = load_course(folder / "course")
    checks = collect_course(course)
    target = next(check.id for check in checks if check.id.startswith("test_secret"))
    with Gradebook(file_url(folder / "out/gradebook.db")) as book:
        book.mark(Mark(student="bob", target=target, by="Tutor", at=datetime.now(UTC)), course, checks)
    secret = folder / SECRET
    secret.write_text(secret.read_text().replace("def test_", "def test_new_"))
    for command in (("regrade", "out", "--dry-run"), ("grade", "in", "--out", "out")):
        _, _, odd = run(*command, "--jobs", "1")
        assert f"marks by hand on what the course no longer has, which count no more: bob ({target}); give them" in odd


@pytest.mark.sandbox
def test_another_courses_run_is_left_alone(run, folder):
    """From the folder of another course, say: under its checks everybody would have nothing."""
    assert run("grade", "in", "--out", "out", "--jobs", "1")[0] == 0
    toml = folder / "course" / "course.toml"
    toml.write_text(toml.read_text().replace('id = "tiny"', 'id = "other"'))
    for command in (("grade", "in", "--out", "out"), ("regrade", "out"), ("serve", "out")):
        code, told, wrong = run(*command)
        assert (code, told) == (2, "")
        assert 'out: is of the course "tiny", and not of "other": name the folder of the course with --course' in wrong


@pytest.mark.sandbox
def test_a_roster_that_was_moved_is_named_anew(run, folder):
    """As submissions are; the run remembers where both lay."""
    roster = folder / "roster.csv"
    roster.write_text("name\nada\nbob\n")
    run("grade", "in", "--out", "out", "--jobs", "1", "--roster", "roster.csv")
    roster.rename(folder / "new.csv")
    code, _, odd = run("regrade", "out", "--dry-run", "--jobs", "1")
    assert (code, "roster.csv: can't be read" in odd) == (2, True)
    assert run("regrade", "out", "--dry-run", "--jobs", "1", "--roster", "new.csv")[0] == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "doesn't say where its submissions lie; name their folder with --submissions"),
        ({"run.json": b"{"}, "doesn't say where its submissions lie; name their folder with --submissions"),
        ({"run.json": b'{"submissions": "in"}'}, "holds no gradebook; name the folder that `autograder grade` wrote"),
    ],
    ids=["no origin", "a damaged origin", "no gradebook"],
)
def test_a_folder_that_is_no_run_is_told(run, folder, files, said):
    """Which folder to name, and how."""
    (folder / "out").mkdir()
    for name, data in files.items():
        (folder / "out" / name).write_bytes(data)
    code, told, wrong = run("regrade", "out")
    assert (code, told) == (2, "")
    assert said in " ".join(wrong.split())


@pytest.mark.sandbox
def test_a_machine_with_little_memory_regrades_nobody(run, folder):
    """As little as it grades: who fails for want of memory would lose points."""
    assert run("grade", "in", "--out", "out", "--jobs", "1")[0] == 0
    toml = folder / "course" / "course.toml"
    toml.write_text(toml.read_text().replace("[limits]", "[limits]\nmemory_mib = 100_000_000"))
    code, told, said = run("regrade", "out", "--jobs", "1")
    assert (code, told) == (3, "")
    assert "MiB of memory are free here" in said
