"""`autograder serve`, as it is typed."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from autograder.cli.main import main
from tests.postgres import serving
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "serve"]


def test_a_folder_that_is_no_run_is_told(tmp_path, capsys):
    """Which folder to name."""
    course = write_course(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(tmp_path), "--course", str(course)])
    assert ended.value.code == 2
    assert "holds no gradebook; name the folder that `autograder grade` wrote with --out" in capsys.readouterr().err


def test_who_gives_marks_has_a_name(tmp_path, capsys, monkeypatch):
    """In a container the machine may know none; a mark is never kept without."""
    monkeypatch.setattr("getpass.getuser", lambda: {}["nobody"])
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(tmp_path), "--course", str(write_course(tmp_path))])
    assert ended.value.code == 2
    assert "this machine has no name for you: say with --by who gives the marks" in capsys.readouterr().err


@pytest.fixture
def grade(typed, tmp_path):
    """Grade a submission with nothing in it; the command that serves the run."""

    def grade(*options):
        course, run = write_course(tmp_path), tmp_path / "out"
        (tmp_path / "submissions/ada").mkdir(parents=True)
        ended = typed("grade", "submissions", "--out", "out", "--course", "course", "--jobs", "1", *options)
        assert ended.returncode == 0, ended.stderr
        return [*COMMAND, str(run), "--course", str(course)]

    return grade


@contextmanager
def served(command, **environment):
    """The address of a server, which is ended with Ctrl-C and says nothing more; it never outlives the block."""
    known = {**os.environ, **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=known) as server:
        try:
            yield server.stdout.readline().split()[1]
            server.send_signal(signal.SIGINT)
            assert (server.wait(30), server.stderr.read()) == (0, "")
        finally:
            server.kill()


@pytest.mark.sandbox
def test_a_run_is_served_until_it_is_ended(grade):
    """The printed address answers, in the language of the run or the one asked for; Ctrl-C ends it in silence."""
    command = grade("--lang", "zh")
    for options, language in (((), b"zh"), (("--lang", "en"), b"en")):
        with served([*command, *options]) as address:
            with pytest.raises(HTTPError, match="403") as refusal:
                urlopen(address.partition("?")[0])
            assert b'<html lang="%b">' % language in refusal.value.read()


@pytest.mark.sandbox
@pytest.mark.postgres
def test_a_run_on_a_server_is_served_from_there(grade, tmp_path):
    """The run's folder knows the server, not the password; the driver finds that in the environment."""
    with serving() as postgres:
        command = grade("--gradebook", postgres.new_database())
        assert "secret" not in (tmp_path / "out/run.json").read_text()
        assert not (tmp_path / "out/gradebook.db").exists()
        with served(command, PGPASSWORD="secret") as address:
            desk = build_opener(HTTPCookieProcessor()).open(address, timeout=30)
            assert "ada" in desk.read().decode()
