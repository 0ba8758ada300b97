"""`autograder serve`, as it is typed."""

import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

from autograder.cli.main import main
from tests.tiny_course import write_course


def test_a_folder_that_is_no_run_is_told(tmp_path, capsys):
    """Which folder to name."""
    course = write_course(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(tmp_path), "--course", str(course)])
    assert ended.value.code == 2
    assert "holds no gradebook; name the folder that `autograder grade` wrote with --out" in capsys.readouterr().err


@pytest.mark.sandbox
def test_a_run_is_served_until_it_is_ended(tmp_path):
    """The address with the token is printed and answers; Ctrl-C ends it in silence."""
    course, run = write_course(tmp_path), tmp_path / "out"
    (tmp_path / "submissions/ada").mkdir(parents=True)
    autograder = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
    graded = [*autograder, "grade", str(tmp_path / "submissions"), "--out", str(run), "--course", str(course)]
    subprocess.run(graded, check=True, capture_output=True)
    command = [*autograder, "serve", str(run), "--course", str(course), "--lang", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        address = server.stdout.readline().split()[1]
        with pytest.raises(Exception, match="403"):
            urlopen(address.partition("?")[0])
        server.send_signal(signal.SIGINT)
        assert (server.wait(30), server.stderr.read()) == (0, "")
