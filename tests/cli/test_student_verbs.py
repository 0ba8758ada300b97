"""The student's verbs, as a student types them in a workspace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from autograder.build.zipping import zipped
from autograder.checks.originals import read_originals
from autograder.cli import terminal
from autograder.cli.main import app
from autograder.model.errors import UsageError
from autograder.model.workspace import ORIGINALS_FILE
from autograder.student import bench as bench_module
from tests.student.conftest import POWERS, SUMS, notebook, write_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

STUB = "raise NotImplementedError"
TWICE, FOURFOLD = SUMS.replace("return n + n", STUB), POWERS.replace("return twice(twice(n))", STUB)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace to stand in, right in all its exercises."""
    root = write_workspace(tmp_path.resolve() / "work")
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> Result:
    """What a verb printed and how it ended."""
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def edit(root: Path, text: str, file: str = "tiny/sums.py") -> None:
    """Save a file."""
    (root / file).write_text(text, encoding="utf-8")


def test_all_that_passes_is_told_with_what_comes_next(root: Path) -> None:
    """Signs never stand alone; the exit code is 0."""
    result = run("check", "sums")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Sums",
        "  ✓ sums.twice: 2 of 2 checks pass",
        "  ✓ sums.Box.size: 1 of 1 checks pass",
        "",
        "All of this passes. Next: Powers; `autograder check powers`",
    ]
    assert run("check").stdout.endswith("Everything passes. `autograder submit` writes the zip to hand in.\n")


def test_after_one_exercise_comes_the_next_of_its_unit(root: Path) -> None:
    """The next unit comes when the whole unit is done, its lesson as well."""
    edit(root, SUMS.replace("return 1", STUB))
    told = "All of this passes. Next: {0}; `autograder check {0}`\n"
    assert run("check", "sums.twice").stdout.endswith(told.format("sums.Box.size"))
    edit(root, notebook(("play.half", f"def half(n):\n    {STUB}")), "lessons/01_play.ipynb")
    assert run("check", "powers.fourfold").stdout.endswith(told.format("play.half"))


def test_one_reads_on_about_the_exercise_that_is_waited_for(root: Path) -> None:
    """Message, docstring and hint are about the same function."""
    edit(root, TWICE.replace("return 1", "return twice(1) - 1"))
    told = run("check", "sums.Box.size").stdout
    assert "twice in tiny/sums.py is not written yet" in told
    assert told.endswith("docstring at tiny/sums.py:1\nStuck? `autograder hint sums.twice`\n")


@pytest.mark.parametrize("text", [STUB, "return n"])
def test_a_lesson_s_exercise_is_in_a_cell_of_its_notebook(root: Path, text: str) -> None:
    """A student has no module that was made of it."""
    edit(root, notebook(("play.half", f"def half(n):\n    {text}")), "lessons/01_play.ipynb")
    told = run("check", "play.half").stdout
    assert "What it is about: lessons/01_play.ipynb, the cell of half\n" in told
    assert "lessons/play.py" not in told


def test_an_old_picture_is_gone(root: Path) -> None:
    """What it shows may be mended."""
    (root / "pictures").mkdir()
    edit(root, "<svg/>", "pictures/difference.svg")
    run("check", "sums")
    assert not (root / "pictures/difference.svg").exists()


def test_the_first_difference_is_explained(root: Path) -> None:
    """With where it is written, where to read on and where help is."""
    edit(root, SUMS.replace("n + n", "n"))
    result = run("check")
    assert result.exit_code == 1
    assert "  ✗ sums.twice: 1 of 2 checks pass\n" in result.stdout
    assert "Powers: 1 of 2 done\n" in result.stdout
    assert "powers.fourfold" not in result.stdout
    assert result.stdout.count("Two times 2 is 4.") == 1
    assert "Two times nothing" not in result.stdout
    assert "expected 4, found 2" in result.stdout
    assert result.stdout.endswith("docstring at tiny/sums.py:1\nStuck? `autograder hint sums.twice`\n")


def test_a_unit_that_is_needed_comes_first(root: Path) -> None:
    """Only the unit asked for is listed, and the exercise that it needs is explained."""
    edit(root, TWICE)
    result = run("check", "powers")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "Powers",
        "  … powers.fourfold: waits for sums.twice",
        "  ✓ play.half: 1 of 1 checks pass",
    ]
    assert lines[4] == "sums.twice comes first: what you asked for needs it. It is in the unit Sums."
    assert "twice in tiny/sums.py is not written yet" in result.stdout


def test_a_package_that_cant_be_imported_is_told_once(root: Path) -> None:
    """With the exercise to work on, which waits for that."""
    edit(root, "def (\n")
    result = run("check")
    assert result.exit_code == 1
    told = (
        "\ntiny can't be imported, so sums.twice can't be checked yet, nor what needs it:\n  tiny/sums.py is not valid"
    )
    assert "  ✗ sums.twice: 0 of 2 checks pass\n" in result.stdout
    assert told in result.stdout
    assert told in run("progress").stdout
    assert told in run("hint").stdout
    (root / "tiny/sums.py").unlink()
    assert "tiny/sums.py is missing: `autograder reset tiny/sums.py` brings it back" in run("hint").stdout
    edit(root, "def (\n")
    handed = run("submit", "--name", "ada").stdout
    assert "Not every public check can run: tiny/sums.py is not valid Python" in handed
    assert "Public checks: 0 of 5 pass" in handed


def test_a_later_module_that_cant_be_imported_is_nothing_to_earlier_units(root: Path) -> None:
    """They are checked as ever, and it is told where it matters."""
    (root / "tiny/powers.py").write_text("def (\n", encoding="utf-8")
    assert run("check", "sums").exit_code == 0
    result = run("check")
    assert result.exit_code == 1
    assert "Sums: 2 of 2 done\n" in result.stdout
    assert "so powers.fourfold can't be checked yet, nor what needs it:\n  tiny/powers.py is not valid" in result.stdout


def test_an_import_that_ends_python_is_told_and_nothing_is_run(root: Path) -> None:
    """Nobody knows then which file it is."""
    edit(root, "import os\nos._exit(3)\n")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout == (
        "tiny can't be imported, so nothing can be checked yet:\n"
        "  the Python that imported tiny ended in the midst of it; does a module leave it?\n"
    )
    assert run("progress").stdout == result.stdout
    assert run("submit", "--name", "ada").stdout.endswith("does a module leave it?\n")


def test_a_stuck_check_ends(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says what is waited for, and the check is told as stuck."""
    monkeypatch.setattr(bench_module, "GRACE_S", 0.3)
    endless = "while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    edit(root, SUMS.replace("return n + n", endless))
    result = run("check", "sums.twice")
    assert result.exit_code == 1
    assert "still running: Two times 2 is 4." in result.stderr
    assert "is there a loop that never ends?" in result.stdout


def test_lost_checks_are_no_pass(root: Path) -> None:
    """What can't be checked is named, with a way back."""
    (root / "checks/test_sums.py").unlink()
    (root / "checks/test_powers.py").write_text("def (", encoding="utf-8")
    result = run("check", "sums")
    assert result.exit_code == 1
    assert "! checks/test_sums.py is missing: `autograder reset checks/test_sums.py`" in result.stdout
    assert "checks/test_powers.py can't be read: `autograder reset checks/test_powers.py`" in result.stdout
    assert "  - sums.twice: no public check of it is here\n" in result.stdout
    assert result.stdout.endswith("Not all of this can be checked, since checks of the course are missing here.\n")


def test_lost_originals_stop_nothing_but_reset(root: Path) -> None:
    """They are told, and checking goes on."""
    (root / ".course/originals.zip").unlink()
    result = run("check", "sums.twice")
    assert result.exit_code == 0
    assert "originals.zip is missing" in result.stdout


def test_hints_are_taken_one_by_one(root: Path) -> None:
    """For the exercise to work on, if none is named; looking again takes none."""
    edit(root, TWICE)
    assert run("hint", "--again").stdout.startswith("No hint for sums.twice was taken yet.\n")
    first = run("hint").stdout
    assert first == "Hint 1 of 3 for sums.twice:\n  What is twice?\nThere is more help if you ask again.\n"
    run("hint", "sums.twice")
    last = run("hint", "sums.twice").stdout
    assert last.endswith("Hint 3 of 3 for sums.twice:\n  `n + n`\nThat was the last hint for this exercise.\n")
    assert run("hint", "--again", "sums.twice").stdout == last
    assert run("hint", "sums.Box.size").stdout == "sums.Box.size has no hints; read its docstring, and the lesson\n"
    assert "sums.twice: not written yet (hints taken: 3 of 3)" in run("progress").stdout


def test_a_unit_s_hint_is_for_its_next_exercise(root: Path) -> None:
    """By its name or its number; a name that is nearly one is offered."""
    edit(root, TWICE)
    assert run("hint", "sums").stdout.startswith("Hint 1 of 3 for sums.twice:\n")
    assert run("hint", "1", "--again").stdout.startswith("Hint 1 of 3 for sums.twice:\n")
    with pytest.raises(UsageError, match=r"Did you mean powers\?"):
        run("hint", "power")


def test_there_is_no_hint_where_all_is_done(root: Path) -> None:
    """That is said."""
    assert run("hint").stdout == "Everything passes; there is nothing to give a hint for.\n"


def test_progress_counts_and_names_the_next_step(root: Path) -> None:
    """Without a terminal there is no bar, and the words say the same."""
    edit(root, FOURFOLD, "tiny/powers.py")
    edit(root, notebook(("play.half", f"def half(n):\n    {STUB}")), "lessons/01_play.ipynb")
    lines = run("progress").stdout.splitlines()
    assert lines[0] == "Tiny: 2 of 4 exercises done"
    assert "Sums: 2 of 2 exercises done" in lines
    assert "  · play.half: not written yet" in lines
    assert lines[-2:] == [
        "Next: powers.fourfold in tiny/powers.py:3; `autograder check powers.fourfold`",
        "These are the public checks; others like them are used for grading.",
    ]


def test_a_finished_course_says_so(root: Path) -> None:
    """The next thing is to hand in."""
    assert "Everything passes. `autograder submit` writes the zip to hand in." in run("progress").stdout


def test_the_list_names_everything_and_runs_nothing(root: Path) -> None:
    """A module that would never end does no harm."""
    edit(root, "while True: pass\n")
    assert run("list").stdout.splitlines() == [
        "Sums (sums)",
        "  sums.twice: twice, tiny/sums.py",
        "  sums.Box.size: Box.size, tiny/sums.py",
        "Powers (powers)",
        "  needs sums",
        "  lesson: lessons/01_play.ipynb",
        "  powers.fourfold: fourfold, tiny/powers.py:3",
        "  play.half: half, lessons/01_play.ipynb",
    ]


def test_reset_says_where_the_old_file_is(root: Path) -> None:
    """Or that there was nothing to do."""
    assert run("reset", "tiny/sums.py").stdout == "tiny/sums.py is as you got it; nothing was done.\n"
    edit(root, "mine")
    kept = "tiny/sums.py.before-reset-1"
    assert run("reset", "tiny/sums.py").stdout == f"tiny/sums.py is as you got it again; yours is kept as {kept}.\n"
    (root / "tiny/sums.py").unlink()
    assert run("reset", "tiny/sums.py").stdout == "tiny/sums.py is as you got it again.\n"


def test_a_renamed_package_is_one_sentence_and_comes_back(root: Path) -> None:
    """Not one for each of its files."""
    (root / "tiny").rename(root / "mine")
    told = run("check")
    assert told.exit_code == 1
    assert told.stdout.startswith("! the folder tiny is missing with its 3 files. Did you rename or move it?")
    said = "3 missing files of tiny are as you got them again; the others were left as they are.\n"
    assert run("reset", "tiny").stdout == said
    assert run("check").exit_code == 0


def test_a_lost_record_of_the_course_comes_back(root: Path) -> None:
    """`reset` needs it not."""
    (root / ".course/course.json").unlink()
    assert run("reset", ".course/course.json").stdout == ".course/course.json is as you got it again.\n"
    assert run("check").exit_code == 0


def test_submit_lists_what_is_in_the_zip_and_the_public_score(root: Path) -> None:
    """And what the grader will say of it."""
    edit(root, SUMS.replace("n + n", "n"))
    edit(root, "x = 1", "tiny/mine.py")
    lines = run("submit", "--name", "ada").stdout.splitlines()
    assert lines[0] == "ada.zip is written. In it are:"
    assert lines[1].startswith("  tiny/sums.py, 0.")
    assert any(line.startswith("  ! tiny/mine.py") for line in lines)
    assert lines[-1] == "Public checks: 3 of 5 pass; 2 of 4 exercises are done."
    assert "The one before is kept as ada.zip.before-submit-1." in run("submit").stdout


def test_update_tells_what_became_of_each_file(root: Path, tmp_path: Path) -> None:
    """A clash with its place, the course's lines and how to decide; then where to go on."""
    newer = write_workspace(tmp_path.resolve() / "newer")
    assert run("update", str(newer)).stdout == f"Nothing in {newer} is newer; nothing was done.\n"
    edit(root, SUMS.replace("n + n", "2 * n").replace("return 1", "return 2"))
    edit(root, notebook(("play.half", "def half(n):\n    return 1")), "lessons/01_play.ipynb")
    texts = {
        "tiny/sums.py": SUMS.replace("n + n", "n * 2").replace("class", "# New.\nclass"),
        "tiny/powers.py": None,
        "lessons/01_play.ipynb": notebook(("play.half", "def half(n):\n    return 2")),
        "tiny/fresh.py": "x = 1\n",
    }
    originals = {name: text for name, text in read_originals(newer).items() if texts.get(name, "") is not None}
    packed = zipped({**originals, **{name: text.encode() for name, text in texts.items() if text}})
    (newer / ORIGINALS_FILE).write_bytes(packed)
    result = run("update", str(newer))
    assert result.exit_code == 0
    same = "you and the course changed the same lines. Yours stay; the course has there now:"
    decide = "Keep what is yours, or type the course's lines in their place; all of its text is in"
    unchanged, merged = "you had not changed them", "your work and what is new are both in it; yours of before is"
    assert result.stdout.splitlines()[:-2] == [
        f"Newer now, and {unchanged}: tiny/fresh.py",
        f"Removed, since the newer course has them no more, and {unchanged}: tiny/powers.py",
        f"lessons/01_play.ipynb: {merged} lessons/01_play.ipynb.before-update-1",
        f"  ! lessons/01_play.ipynb, cell play.half, line 2: {same}",
        "    |     return 2",
        f"  {decide} lessons/01_play.ipynb.newer-1.",
        f"tiny/sums.py: {merged} tiny/sums.py.before-update-1",
        f"  ! tiny/sums.py:3: {same}",
        "    |     return n * 2",
        f"  {decide} tiny/sums.py.newer-1.",
    ]
    assert result.stdout.splitlines()[-1].startswith("The workspace is up to date: 4 files changed. `autograder check`")


def test_a_chinese_workspace_speaks_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every verb that says something of its own."""
    root = write_workspace(tmp_path / "zh", "zh")
    monkeypatch.chdir(root)
    edit(root, TWICE)
    told = "".join(
        run(*words).stdout
        for words in (["check"], ["progress"], ["hint"], ["submit", "--name", "ada"], ["reset", "tiny/sums.py"])
    )
    assert "还没有写" in told
    for english in (" of ", " is ", "hint taken", "not written", "waits"):
        assert english not in told.replace("Two times 2 is 4.", "").replace("What is twice?", "")


@pytest.mark.parametrize(
    ("variables", "has_colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], has_colour: bool
) -> None:
    """`NO_COLOR` and a plain terminal are respected."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(terminal.sys, "stdout", type("Terminal", (), {"isatty": lambda self: True})())
    assert terminal.has_colour() is has_colour
    assert terminal.bar(1, 4, 8) == ("" if variables.get("TERM") == "dumb" else "[##------] ")
    assert terminal.bar(0, 0, 2) in ("", "[##] ")


def test_unlock_takes_what_is_wrong_and_leaves_what_is_right(root: Path) -> None:
    """With `--all` it takes everything; an answer that does not mend its exercise is told."""
    answers = {
        "sums.twice": "# released: sums.twice\ndef twice(n):\n    return n",
        "sums.Box.size": "    # released: sums.Box.size\n    def size(self):\n        return 1",
    }
    file = root / "answers.json"
    units = [{"id": "sums", "answers": {"en": answers}}]
    file.write_text(json.dumps({"course": "tiny", "earns": 0.5, "units": units}), encoding="utf-8")
    edit(root, TWICE)
    lines = run("unlock", "powers", str(file)).stdout.splitlines()
    kept = "yours of before is tiny/sums.py.before-unlock"
    still = "sums.twice is still not right, though its answer is there: something around it differs."
    assert lines[0] == f"tiny/sums.py: the answers of sums.twice stand there now; {kept}-1"
    assert lines[1].startswith(f"! {still} `autograder reset tiny/sums.py` brings")
    assert lines[2:] == [
        "An answer that was given out earns 50 percent of its points; the grader knows it by its mark.",
        "Go on with powers: `autograder check powers`",
    ]
    told = run("unlock", "powers", str(file), "--all").stdout
    assert told.startswith(f"tiny/sums.py: the answers of sums.twice, sums.Box.size stand there now; {kept}-2\n")
    edit(root, "def (\n")
    result = run("unlock", "powers", str(file))
    assert result.exit_code == 1
    assert "tiny/sums.py is not valid Python" in result.stdout
