"""`autograder grade`: once as a process of its own, and wherever one can be killed or kept short; else in this one."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from msgspec.structs import replace

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.cli.class_run import show_table, usable_level
from autograder.cli.grade import _remarks
from autograder.model.errors import MachineError
from autograder.model.result import FindingLine
from autograder.model.submission import Severity
from autograder.report import row
from autograder.sandbox.level import Level
from autograder.sandbox.machine import Machine
from tests.report.samples import ANN, DAN
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]

REPOSITORY = Path(__file__).parents[2]
AS_USER, NOBODY = REPOSITORY / "tests/sandbox/as_user.py", 54_322
needs_kernel = pytest.mark.skipif(find_spec("ipykernel") is None, reason="ipykernel is not installed")


def hand_in(folder):
    """A tiny course, and what three students have handed in."""
    course = load_course(write_course(folder))
    for student, answers in (("ada", True), ("bob", False)):
        for path, data in workspace_files(course, edition_of(course, "en", answers=answers)).items():
            file = folder / "in" / student / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    (folder / "in" / "eve.zip").write_bytes(b"rubbish")


def command(folder, *arguments, **more):
    """Run the command in a folder, as a process of its own."""
    whole = [*COMMAND, "grade", *arguments]
    return subprocess.run(whole, cwd=folder, capture_output=True, text=True, check=False, timeout=100, **more)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A folder in which all three were graded into `out`, by two workers; and how that command ended."""
    folder = tmp_path_factory.mktemp("graded")
    hand_in(folder)
    (folder / "in" / "roster.csv").touch()
    return folder, command(folder, "in", "--out", "out", "--jobs", "2")


@pytest.fixture
def again(graded, typed, tmp_path):
    """Run the command once more, where all three were graded."""
    shutil.copytree(graded[0], tmp_path, dirs_exist_ok=True)
    return partial(typed, "grade", "--jobs", "1")


@pytest.fixture
def run(typed, tmp_path):
    """Run the command where a tiny course lies and three students have handed in."""
    hand_in(tmp_path)
    return partial(typed, "grade", "--jobs", "1")


def refused(ended, code, *words):
    """The command ended with this code and a sentence, without a traceback or a result."""
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "Traceback" not in ended.stderr
    assert all(word in ended.stderr for word in words), ended.stderr


def test_a_class_is_graded(graded):
    """Exit code 0 whatever the scores; a table; every file that is promised."""
    folder, ended = graded
    assert ended.returncode == 0, ended.stderr
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in ended.stdout.splitlines() if "│" in line]
    assert rows == [["ada", "1", "1", "1"], ["bob", "0", "0", "1"], ["eve", "0", "0", "1"]]
    assert "problems with what was handed in: eve; their pages and feedback say what to do\n" in ended.stdout
    assert "not fully graded" not in ended.stdout
    assert "report: out/index.html" in ended.stdout
    assert "roster.csv: neither a folder nor an archive, left aside" in ended.stderr
    out = folder / "out"
    assert (out / "scores.csv").read_text() == "student,purse,total,max\nada,1,1,1\nbob,0,0,1\neve,0,0,1\n"
    names = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    assert {"gradebook.db", "index.html", "results/eve.json", "students/bob.html", "feedback/ada.html"} <= names
    assert json.loads((out / "results/eve.json").read_bytes())["findings"][0]["message"].startswith(
        "eve.zip is damaged"
    )


def test_of_a_large_class_the_table_shows_the_start(tmp_path, capsys):
    """A hundred rows; a line says where the others are."""
    rows = [row(replace(ANN[0], student=f"s{number:03}")) for number in range(102)]
    show_table(rows, load_course(write_course(tmp_path)))
    told = capsys.readouterr().out
    assert "s099" in told
    assert "s100" not in told
    assert told.endswith("\nand 2 more: scores.csv and the report hold all 102\n")


def test_a_long_name_hides_nobodys_points(tmp_path, capsys):
    """It is cut; the pages hold the whole of it."""
    show_table([row(replace(ANN[0], student="x" * 250)), row(ANN[0])], load_course(write_course(tmp_path)))
    cells = [line.split("│")[1:-1] for line in capsys.readouterr().out.splitlines() if "│" in line]
    assert [each[0].strip() for each in cells] == ["x" * 49 + "…", "ann"]
    assert cells[0][1:] == cells[1][1:]


def test_who_needs_a_look_is_named():
    """Twenty at most; nobody is, where all is well."""
    many = [row(replace(DAN[0], student=f"s{number}")) for number in range(22)]
    names = ", ".join(f"s{number}" for number in range(20))
    told = f"not fully graded, through no fault of the students: {names} and 2 more; grade again"
    assert list(_remarks(many)) == [told]
    assert list(_remarks([row(ANN[0])])) == []


def test_whose_newest_attempt_could_not_be_graded_is_named():
    """As that, and not as one who handed in something wrong."""
    ours = FindingLine(severity=Severity.FAULT, file="", message="the newest attempt could not be graded")
    earlier = row(replace(ANN[0], is_earlier=True, findings=(ours,)))
    told = "newest attempt not graded, so that the one before it counts: ann; grade again"
    assert list(_remarks([earlier])) == [told]
    theirs = FindingLine(severity=Severity.PROBLEM, file="mytorch/node.py", message="it is no Python")
    both = list(_remarks([row(replace(ANN[0], is_earlier=True, findings=(theirs, ours)))]))
    assert both == ["problems with what was handed in: ann; their pages and feedback say what to do", told]


def test_results_of_an_earlier_run_are_named(again, graded, tmp_path):
    """Exports would count them, and the table doesn't; where there are none, nothing is said."""
    assert "earlier runs" not in graded[1].stdout
    (tmp_path / "in/bob").rename(tmp_path / "in/robert")
    told = "of earlier runs, and of nobody who handed in now: bob.json; `autograder export` and `serve` still count"
    assert f"{told} them: move out of out/results those of students who left" in again("in", "--out", "out").stdout


def test_the_results_as_json(run):
    """One array on stdout, all students in it."""
    ended = run("in", "--out", "out", "--json", "--seed", "5")
    assert [(each["student"], each["score"]) for each in json.loads(ended.stdout)] == [
        ("ada", 1),
        ("bob", 0),
        ("eve", 0),
    ]


def implementation(folder):
    """What Ada's last cell has said."""
    executed = nbformat.read(next((folder / "out/notebooks/ada").rglob("*.ipynb")), 4)
    (output,) = executed.cells[-1].outputs
    return output.get("data", {}).get("text/plain", output.get("evalue"))


@needs_kernel
def test_notebooks_run_in_the_kernel_that_is_asked_for(run, tmp_path):
    """The student's own cells speak with ipykernel; a kernel of another name is wrong usage. Unasked, the course's."""
    notebook = tmp_path / "in/ada/lessons/01_first_coins.ipynb"
    lesson = nbformat.read(notebook, 4)
    lesson.cells.append(nbformat.v4.new_code_cell("get_ipython().kernel.implementation"))
    nbformat.write(lesson, notebook)
    ended = run("in", "--out", "out", "--kernel", "ipykernel")
    assert ended.returncode == 0, ended.stderr
    assert implementation(tmp_path) == "'ipython'"
    refused(run("in", "--out", "out", "--kernel", "another"), 2, "another", "quick", "ipykernel")
    run("in", "--out", "out")
    assert "--kernel ipykernel" in implementation(tmp_path)
    toml = tmp_path / "course" / "course.toml"
    toml.write_text(toml.read_text().replace("[course]", '[course]\nkernel = "ipykernel"'))
    run("in", "--out", "out")
    assert implementation(tmp_path) == "'ipython'"


@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_who_is_not_root_grades_as_strongly():
    """Level `namespaces`, the same scores, and not a process is left."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # pytest's own folder is closed to others
        open_to_all = Path(folder)
        hand_in(open_to_all)
        shutil.chown(folder, NOBODY, NOBODY)
        ended = subprocess.run(
            [sys.executable, str(AS_USER), str(NOBODY), *COMMAND, "grade", "in", "--out", "out", "--jobs", "2"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": folder},
        )
        assert ended.returncode == 0, ended.stderr
        assert (open_to_all / "out/scores.csv").read_text().splitlines()[1:] == ["ada,1,1,1", "bob,0,0,1", "eve,0,0,1"]
        assert json.loads((open_to_all / "out/results/ada.json").read_bytes())["level"] == "namespaces"
    assert [path for path in Path("/proc").glob("[0-9]*") if _is_nobodys(path)] == []


def _is_nobodys(process):
    try:
        return process.stat().st_uid == NOBODY and (process / "cmdline").read_bytes() != b""  # not one that has ended
    except OSError:
        return False


def test_a_machine_with_little_memory(tmp_path):
    """Nobody is graded where a submission could fail for want of memory that it was promised."""
    little = (400 << 20, 400 << 20)
    hand_in(tmp_path)
    ended = command(tmp_path, "in", "--out", "out", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, little))
    refused(ended, 3, "MiB of memory are free here", "lower memory_mib in course.toml")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_of_submissions(run, tmp_path):
    """Wrong usage: nothing is written."""
    (tmp_path / "none").mkdir()
    refused(run("none", "--out", "out"), 2, "none: holds no submission; put one folder or zip there")
    assert not (tmp_path / "out").exists()


def test_two_submissions_of_one_name(run, tmp_path):
    """Wrong usage: both are named."""
    (tmp_path / "in" / "Ada.zip").touch()
    refused(run("in", "--out", "out"), 2, "Ada.zip and ada are two submissions of one student")


def test_an_output_that_is_a_file(run, tmp_path):
    """Wrong usage: the file stays."""
    (tmp_path / "out").write_text("mine")
    refused(run("in", "--out", "out"), 2, "out: is a file; name a folder with --out")


def test_an_output_among_the_submissions(run):
    """Wrong usage: it would be graded next time."""
    refused(run("in", "--out", "in/out"), 2, "in/out: lies inside the folder of submissions")


def test_a_broken_course(run, tmp_path):
    """Exit code 3 and the course's file."""
    (tmp_path / "course" / "course.toml").write_text("[course]\n")
    refused(run("in", "--out", "out"), 3, "course.toml")


def test_a_gradebook_that_is_none(run, tmp_path):
    """Wrong usage: it is left alone."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "gradebook.db").write_text("my notes " * 100)
    ended = run("in", "--out", "out")
    assert ended.returncode == 2
    assert "it is not a gradebook: move the file away" in ended.stderr


def test_grading_again_changes_nothing_where_nothing_has_changed(again, tmp_path):
    """The results are the same bytes, and the gradebook has one attempt for each student."""
    first = (tmp_path / "out/results/bob.json").read_bytes()
    again("in", "--out", "out")
    assert (tmp_path / "out/results/bob.json").read_bytes() == first
    with sqlite3.connect(tmp_path / "out/gradebook.db") as gradebook:
        assert gradebook.execute("select count(*) from attempts").fetchone() == (3,)
    gradebook.close()


def test_results_whose_gradebook_is_lost_are_kept(again, tmp_path):
    """Marks by hand would be gone from them; a gradebook of no bytes is a lost one, too."""
    first = (tmp_path / "out/results/bob.json").read_bytes()
    said = "out: holds results of which the gradebook knows nothing", "move out/results away; nothing was graded"
    (tmp_path / "out/gradebook.db").write_bytes(b"")
    refused(again("in", "--out", "out"), 2, *said)
    refused(again("in", "--out", "out", "--seed", "7", "--gradebook", "sqlite:///other.db"), 2, *said)
    assert (tmp_path / "out/results/bob.json").read_bytes() == first


def test_student_code_is_not_run_without_isolation_unless_told():
    """The refusal names the level and what the machine lacks; the flag overrules it."""
    machine = Machine(level=Level.NONE, findings=("Level namespaces is not to be had.",))
    with pytest.raises(
        MachineError, match=r"isolation level none, at which .*--allow-unsandboxed .*\nLevel namespaces"
    ):
        usable_level(machine, allow_unsandboxed=False)
    assert usable_level(machine, allow_unsandboxed=True) is Level.NONE
    assert usable_level(Machine(level=Level.UID_LANDLOCK), allow_unsandboxed=False) is Level.UID_LANDLOCK


def test_a_killed_run_keeps_what_was_graded(run, tmp_path):
    """After SIGKILL in the middle the gradebook holds what was reported on, and the next run ends well."""
    arguments = [*COMMAND, "grade", "in", "--out", "out", "--jobs", "1"]
    with subprocess.Popen(arguments, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while not (tmp_path / "out/results/ada.json").exists():
            assert running.poll() is None, "the run ended before it had graded anything"
            time.sleep(0.01)
        running.kill()
    with sqlite3.connect(tmp_path / "out/gradebook.db") as gradebook:
        assert ("ada",) in gradebook.execute("select student from attempts").fetchall()
    gradebook.close()
    assert run("in", "--out", "out").returncode == 0


def test_an_interrupted_run_says_what_is_kept(tmp_path):
    """By Ctrl-C while a submission hangs, without a traceback."""
    hand_in(tmp_path)
    (tmp_path / "in/bob/pocket/purse.py").write_text("while True: pass\n")
    arguments = [*COMMAND, "grade", "in", "--out", "out", "--jobs", "1"]
    with subprocess.Popen(
        arguments, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        while not (tmp_path / "out/results/ada.json").exists():
            assert running.poll() is None, "the run ended before it had graded anything"
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.endswith("autograder: interrupted; all that was graded is kept, and the same command does the rest\n")


def test_a_download_of_canvas_beside_a_roster(run, tmp_path):
    """The zip as downloaded; students come by the roster's names, and who is late, missing or unknown is listed."""
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as download:
        for name, student in (("lovelaceada_LATE_4711_90_work.zip", "ada"), ("evil_4_91_work.zip", "bob")):
            with download.open(name, "w") as file, zipfile.ZipFile(file, "w") as inner:
                for path in (tmp_path / "in" / student).rglob("*.py"):
                    inner.write(path, path.relative_to(tmp_path / "in" / student))
    (tmp_path / "roster.csv").write_text("id,canvas\nada,4711\nbob,4712\n", encoding="utf-16")
    ended = run("submissions.zip", "--roster", "roster.csv", "--out", "out", "--json")
    assert [(each["student"], each["score"]) for each in json.loads(ended.stdout)] == [("ada", 1), ("evil_4", 0)]
    assert "autograder: evil_4: handed in, and is not on the roster" in ended.stderr
    assert "autograder: bob: is on the roster, and handed in nothing" in ended.stderr
    assert (tmp_path / "out/intake.csv").read_text() == (
        "student,submission,attempt,late,remarks\n"
        'ada,lovelaceada_LATE_4711_90_work.zip,1,late,"handed in late, as Canvas says"\n'
        "evil_4,evil_4_91_work.zip,1,,the roster does not name this student\n"
        "bob,,,,nothing handed in\n"
    )
    assert "handed in late, as Canvas says" in (tmp_path / "out/feedback/ada.html").read_text()


def test_a_roster_that_is_not_there(run):
    """Wrong usage: nothing is graded."""
    refused(run("in", "--roster", "nowhere.csv", "--out", "out"), 2, "nowhere.csv: can't be read")


def test_reports_elsewhere_need_a_gradebook_here(run):
    """Wrong usage: nothing is graded."""
    refused(run("in", "--out", "memory://out"), 2, "memory://out: can't hold the gradebook, which is a database")


def test_a_gradebook_elsewhere(run, tmp_path):
    """It lies where its URL says, and not in the folder of the run."""
    assert run("in", "--out", "out", "--gradebook", f"sqlite:///{tmp_path}/book.db").returncode == 0
    assert (tmp_path / "book.db").exists()
    assert not (tmp_path / "out/gradebook.db").exists()


def test_submissions_by_the_url_of_a_folder(run, tmp_path):
    """A file's URL is its path."""
    assert run(f"file://{tmp_path}/in", "--out", f"file://{tmp_path}/out").returncode == 0
    assert (tmp_path / "out/results/ada.json").exists()


def test_a_scheduler_that_does_not_answer(run):
    """Wrong usage: nothing is graded."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    refused(run("in", "--out", "out", "--scheduler", "nonsense"), 2, "nonsense: no scheduler answers there")
