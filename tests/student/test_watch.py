"""`autograder watch`, driven in a real terminal: saves are checked, keys do what they say, nothing hangs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.student.conftest import SUMS
from tests.student.terminal import COMMAND, MOST_S, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pty")

STUB = SUMS.replace("return n + n", "raise NotImplementedError")
ENDLESS = SUMS.replace(
    "return n + n", "while True:\n        try:\n            while True: pass\n        except BaseException: pass"
)


@pytest.fixture
def terminal(root: Path) -> Iterator[Terminal]:
    """A terminal in which the workspace is watched; everything passes."""
    opened = Terminal(root)
    try:
        opened.read_until("writes the zip to hand in")
        yield opened
    finally:
        opened.close()


def test_a_save_is_checked_and_only_what_it_touches(terminal: Terminal) -> None:
    """The unit of the saved module is told, with what changed elsewhere, and nothing of what did not."""
    terminal.save(STUB)
    told = terminal.read_until("fourfold.*\n")
    assert "--- saved: tiny/sums.py" in told
    assert "· sums.twice: not written yet" in told
    assert "… powers.fourfold: waits for sums.twice" in told
    assert "play.half" not in told
    terminal.save(SUMS)
    told = terminal.read_until("fourfold.*\n")
    assert "Elsewhere, this changed:" in told
    assert "✓ powers.fourfold: 1 of 1 checks pass" in told
    terminal.save("def half(n):\n    return n", "tiny/powers.py")
    told = terminal.read_until("Stuck|docstring")
    assert "sums.twice" not in told


def test_keys_do_what_they_say(terminal: Terminal) -> None:
    """Hint, list, difference, reset after a second press, any other key for help, and quit."""
    terminal.save(STUB)
    terminal.read_until("autograder hint sums.twice")
    terminal.press("h")
    assert "What is twice?" in terminal.read_until("ask again")
    terminal.press("l")
    assert "✓ play.half: 1 of 1 checks pass" in terminal.read_until("play.half.*\n")
    terminal.press("d")
    terminal.read_until("there is nothing to draw")
    terminal.press("r")
    terminal.read_until("Reset tiny/sums.py?")
    terminal.press("x")
    terminal.read_until("was left as it is")
    terminal.press("x")
    terminal.read_until("Keys: h hint")
    terminal.press("r")
    terminal.press("r")
    terminal.read_until(r"is kept as tiny/sums\.py\.before-reset-1")
    terminal.read_until("Next: Powers")
    terminal.press("c")
    terminal.read_until("writes the zip to hand in")
    terminal.press("q")
    terminal.read_until("No longer watching")
    assert terminal.process.wait(MOST_S) == 0


def test_a_stuck_engine_gives_way_to_the_next_save(terminal: Terminal) -> None:
    """A loop that catches everything is ended as soon as there is something newer to check."""
    terminal.save(ENDLESS)
    terminal.read_until("--- saved")
    terminal.save(SUMS)
    terminal.read_until("--- saved")
    assert "✓ sums.twice" in terminal.read_until("Next: Powers")


def test_a_stuck_engine_does_not_keep_one_from_quitting(terminal: Terminal) -> None:
    """Neither by its key nor by Ctrl-C."""
    terminal.save(ENDLESS)
    terminal.read_until("--- saved")
    terminal.press("q")
    terminal.read_until("No longer watching")
    assert terminal.process.wait(MOST_S) == 0


def test_ctrl_c_ends_it_in_peace(root: Path) -> None:
    """Without a terminal to read keys from, it is the only way; no traceback is shown."""
    process = subprocess.Popen(
        COMMAND, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "to hand in" in line:
            process.send_signal(2)
            break
    rest, _ = process.communicate(timeout=MOST_S)
    assert "No longer watching." in rest
    assert "Traceback" not in rest
    assert process.returncode == 0


def test_a_broken_module_and_broken_checks_are_told_and_mended(terminal: Terminal) -> None:
    """Watching goes on through all of it."""
    terminal.save("def (")
    assert "tiny/sums.py is not valid Python" in terminal.read_until("SyntaxError")
    terminal.save(SUMS)
    terminal.read_until("Next: Powers")
    (terminal.root / "checks/test_sums.py").write_text("def (", encoding="utf-8")
    assert "autograder reset checks/test_sums.py" in terminal.read_until("checks of the course are missing here")
    (terminal.root / "tiny/sums.py").unlink()
    assert "tiny/sums.py is missing" in terminal.read_until("checks of the course are missing here")
