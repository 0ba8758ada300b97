"""Student code runs in a process of its own, and nothing that it does keeps the terminal waiting."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import MachineError, UsageError
from autograder.model.verdict import Outcome
from autograder.model.workspace import EXPECTED_FILE
from autograder.student import bench as bench_module
from autograder.student.bench import Bench, Unwanted
from tests.student.conftest import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.model.verdict import Verdict

STUCK = "while True:\n{0}    try:\n{0}        while True: pass\n{0}    except BaseException: pass\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_module, "GRACE_S", 0.3)


@pytest.fixture
def bench(root: Path) -> Iterator[Bench]:
    """A bench with the workspace on it."""
    with Bench(root, "tiny") as opened:
        yield opened


def judged(bench: Bench) -> dict[str, Verdict]:
    """The verdict on each check, by the function's name; those of sums come first."""
    checks = sorted(bench.collect().checks, key=lambda check: check.file, reverse=True)
    return {check.function: verdict for check, verdict in bench.judge(checks)}


def outcomes(bench: Bench) -> dict[str, Outcome]:
    """The outcome of each check."""
    return {name: verdict.outcome for name, verdict in judged(bench).items()}


def test_right_work_passes(bench: Bench) -> None:
    """All checks are found, the package is imported, every verdict is good."""
    assert bench.load() is None
    assert set(outcomes(bench).values()) == {Outcome.PASSED}


def test_edited_work_is_read_anew(bench: Bench, root: Path) -> None:
    """The process stays, its modules don't."""
    assert bench.load() is None
    (root / "tiny/sums.py").write_text(SUMS.replace("n + n", "n"), encoding="utf-8")
    assert bench.load() is None
    verdict = judged(bench)["test_twice"]
    assert (verdict.outcome, str(verdict.cause)) == (Outcome.FAILED, "see: expected 4, found 2")


def test_what_catches_everything_is_ended(bench: Bench, root: Path) -> None:
    """A loop that no exception ends costs its time limit once; the other checks of its exercise are not run."""
    (root / "tiny/sums.py").write_text(SUMS.replace("return n + n", STUCK.format("    ")), encoding="utf-8")
    found = judged(bench)
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_twice": Outcome.TIMED_OUT,
        "test_twice_nothing": Outcome.NOT_RUN,
        "test_size": Outcome.PASSED,
        "test_fourfold": Outcome.TIMED_OUT,
        "test_half": Outcome.PASSED,
    }
    assert str(found["test_twice"].cause) == "not finished after 1.5 seconds; is there a loop that never ends?"
    assert "another check of this exercise was not finished in time" in str(found["test_twice_nothing"].cause)


def test_a_module_that_never_ends_is_told(bench: Bench, root: Path) -> None:
    """Importing has its limit, too, and the next import is as if nothing had been."""
    (root / "tiny/sums.py").write_text(STUCK.format(""), encoding="utf-8")
    assert "importing tiny/sums.py was not finished after" in str(bench.load())
    (root / "tiny/sums.py").write_text(SUMS, encoding="utf-8")
    assert bench.load() is None


def test_a_module_that_leaves_python_is_told(bench: Bench, root: Path) -> None:
    """`os._exit` ends the worker and nothing else."""
    (root / "tiny/sums.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    assert str(bench.load()).startswith("the Python that imported tiny ended in the midst of it")


def test_a_check_that_leaves_python_is_a_verdict(bench: Bench, root: Path) -> None:
    """The checks after it run in a new worker."""
    (root / "tiny/sums.py").write_text(SUMS.replace("return n + n", "__import__('os')._exit(0)"), encoding="utf-8")
    found = outcomes(bench)
    assert (found["test_twice"], found["test_size"]) == (Outcome.CRASHED, Outcome.PASSED)


def test_what_student_code_prints_reaches_nobody(bench: Bench, root: Path) -> None:
    """Neither a print at import nor a write to the descriptor disturbs the answers."""
    noise = "import os\nprint('{')\nos.write(1, b'{}\\n')\ntry:\n    input()\nexcept EOFError:\n    pass\n"
    (root / "tiny/sums.py").write_text(noise + SUMS, encoding="utf-8")
    assert bench.load() is None
    assert set(outcomes(bench).values()) == {Outcome.PASSED}


@pytest.mark.parametrize("answer", ["{}", '{"type": "ready", "limit_s": 1}', "\\xff"])
def test_an_answer_that_student_code_forges_counts_for_nothing(bench: Bench, root: Path, answer: str) -> None:
    """Whatever is written into the pipe, the worker is taken as lost and replaced."""
    forge = f"import os\nfor n in range(3, 20):\n    try: os.write(n, b'{answer}\\n')\n    except OSError: pass\n"
    (root / "tiny/sums.py").write_text(forge + SUMS, encoding="utf-8")
    assert "ended in the midst of it" in str(bench.load())
    (root / "tiny/sums.py").write_text(SUMS, encoding="utf-8")
    assert bench.load() is None


def test_a_file_of_checks_that_is_no_python_leaves_the_others(bench: Bench, root: Path) -> None:
    """It is told, and so are the checks that are lost with it."""
    (root / "checks/test_sums.py").write_text("def (", encoding="utf-8")
    collected = bench.collect()
    assert [check.function for check in collected.checks] == ["test_fourfold", "test_half"]
    assert [bad.file for bad in collected.bad_files] == ["checks/test_sums.py"]
    assert len(collected.lost) == 3


def test_an_answer_that_nobody_wants_any_more_ends_the_work(root: Path) -> None:
    """The question is left at once, long before its time limit, and the next one is answered."""
    (root / "tiny/sums.py").write_text(STUCK.format(""), encoding="utf-8")
    since = time.monotonic()
    with Bench(root, "tiny", lambda: time.monotonic() > since + 0.1) as bench, pytest.raises(Unwanted):
        bench.load()


def test_a_damaged_workspace_is_refused(root: Path) -> None:
    """The sentence names the file and the way back."""
    (root / EXPECTED_FILE).write_text("{", encoding="utf-8")
    with Bench(root, "tiny") as bench, pytest.raises(UsageError, match=r"is damaged.*autograder reset \.course/exp"):
        bench.collect()


def test_checks_that_end_the_worker_are_told(bench: Bench, root: Path) -> None:
    """A file of checks that leaves Python can't be collected."""
    (root / "checks/test_sums.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    with pytest.raises(MachineError, match="the workspace's checks can't be collected: the Python that does it ended"):
        bench.collect()


def test_a_python_that_is_gone_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the interpreter can't be started, that is said."""
    monkeypatch.setattr(bench_module.sys, "executable", "/nowhere/python")
    with pytest.raises(MachineError, match="/nowhere/python can't be started \\(No such file or directory\\)"):
        Bench(root, "tiny")


def test_a_worker_that_is_between_two_checks_is_not_replaced(root: Path) -> None:
    """What comes next need not wait for another start of Python."""
    is_unwanted = False
    with Bench(root, "tiny", lambda: is_unwanted) as bench:
        checks = bench.collect().checks
        assert bench.load() is None
        worker = bench._process.pid
        judged = bench.judge(checks)
        next(judged)
        is_unwanted = True
        with pytest.raises(Unwanted):
            next(judged)
        is_unwanted = False
        assert bench.load() is None
        assert bench._process.pid == worker
