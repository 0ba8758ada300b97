"""`autograder build` and `autograder translate`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()"]


@pytest.fixture
def run(typed, tmp_path):
    """Run the command in a folder of its own, where a tiny course lies."""
    write_course(tmp_path)
    return typed


def _says(ended, code, *words):
    """A command ended with this code and one sentence on stderr, without a traceback."""
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.startswith("autograder: ")
    assert "Traceback" not in ended.stderr
    assert all(word in ended.stderr for word in words), ended.stderr


def test_build_writes_a_workspace(run, tmp_path):
    """The nearest course is built, with what its public checks expect."""
    ended = run("build", "--out", "ws", "--lang", "zh", "--level", "guided")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "ws: a workspace of 小课\n"
    expected = json.loads((tmp_path / "ws/.course/expected.json").read_bytes())
    entry = expected["test_purse::test_two_coins_are_added"]["entries"][0]
    assert entry["observation"]["value"] == {"kind": "plain", "type": "int", "data": 3}
    assert "一袋硬币" in (tmp_path / "ws/pocket/purse.py").read_text("utf-8")


@pytest.mark.usefixtures("run")
def test_building_twice_gives_the_same_bytes(tmp_path):
    """Two builds, in processes whose sets have other orders, differ in nothing, the expected transcripts included."""
    for out, course in (("a", "course"), ("b", "course/course.toml")):
        command = [*COMMAND, "build", "--out", out, "--answers", "--course", course]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in "ab"
    )
    assert first == second
    assert len(first) > 10


def test_wrong_usage_ends_with_2(run, tmp_path):
    """What the caller has to mend is a sentence and exit code 2; work is left alone."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.py").write_text("x", encoding="utf-8")
    _says(run("build", "--out", "mine"), 2, "mine: holds files", "name an empty or a new folder")
    _says(run("build", "--out", "ws", "--lang", "fr"), 2, 'no language "fr"')
    _says(run("build", "--out", "ws", "--course", "nowhere"), 2, "nowhere", "--course")
    assert run("build", "--out", "ws", "--level", "easy").returncode == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["work.py"]
    assert not (tmp_path / "ws").exists()


def test_a_broken_course_ends_with_3(run, tmp_path):
    """What the author has to mend is a sentence with file and key, and exit code 3."""
    file = tmp_path / "course/course.toml"
    file.write_text(file.read_text("utf-8").replace('id = "purse.total"', 'id = "purse.put"'), encoding="utf-8")
    _says(run("build", "--out", "ws"), 3, "course.toml: unit.exercise.id", "is there 2 times")


def test_translate_updates_the_catalogue(run, tmp_path):
    """The catalogue gets an entry for each text, and the command says how many lack a translation."""
    ended = run("translate", "--lang", "zh")
    assert ended.returncode == 0, ended.stderr
    assert "zh.po: " in ended.stdout
    assert "to translate, 0 stale" in ended.stdout
    assert 'msgid "cents"' in (tmp_path / "course/locale/zh.po").read_text("utf-8")


def test_help_needs_little(run):
    """`--help` names the verbs and imports nothing that is heavy."""
    ended = run("--help")
    assert "build" in ended.stdout
    heavy = {"IPython", "jinja2", "nbformat", "numpy", "pytest", "sqlalchemy"}
    code = f"import sys, autograder.cli.main; print({heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "set()\n"
