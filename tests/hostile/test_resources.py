"""Student code cannot use more than its time, memory, descriptors and output."""

import pytest

from autograder.model.course import Limits
from autograder.model.transcript import Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended
from tests.sandboxes import SMALL

pytestmark = pytest.mark.sandbox

MEMORY = {
    "one_array": "import numpy; numpy.zeros(1 << 40, dtype='u1')",
    "one_touched_array": "import numpy; numpy.ones(1 << 29, dtype='u1')",
    "many_small_things": "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
    "a_long_text": "text = 'x'\nwhile True: text += text",
    "a_huge_number": "1 << (1 << 36)",
    "shared_memory": "import mmap; kept = mmap.mmap(-1, 1 << 30)",
    "a_stack": "import threading; threading.stack_size(1 << 30); threading.Thread(target=print).start()",
}


@pytest.mark.parametrize("name", MEMORY)
def test_cannot_take_more_memory_than_its_limit(room, name):
    """However it asks for it."""
    reply = room.run(MEMORY[name], limits=Limits(check_cpu_s=5, memory_mib=128))
    assert isinstance(reply, Ended)
    assert reply.outcome is (Outcome.TOO_MANY_PROCESSES if name == "a_stack" else Outcome.OUT_OF_MEMORY)


def test_memory_that_was_refused_does_not_harm_the_next(room):
    """A bomb costs its own check."""
    room.run("kept = []\nwhile True: kept.append(bytearray(1 << 20))")
    assert room.prints("print('ok')") == "ok\n"


def test_cannot_keep_memory_to_starve_the_answer(room):
    """A child that leaves no room for its own answer is out of memory."""
    body = """
    import builtins
    builtins.kept = []
    size = 1 << 20
    while size > 16:
        try: builtins.kept.append(bytearray(size))
        except MemoryError: size //= 2
    """
    reply = room.run(body, limits=Limits(check_cpu_s=20, memory_mib=32))
    assert isinstance(reply, (Transcript, Ended))
    assert not isinstance(reply, Ended) or reply.outcome in {Outcome.OUT_OF_MEMORY, Outcome.CRASHED}


def test_cannot_exhaust_descriptors(room):
    """It runs out of its own; the machine doesn't, and what it met is told."""
    for body in ("import os\nwhile True: os.dup(1)", "import os\nwhile True: os.pipe()"):
        reply = room.run(body)
        assert isinstance(reply, Ended)
        assert reply.outcome is Outcome.TOO_MANY_OPEN_FILES


def test_cannot_print_without_end(room):
    """What a check prints is cut, and says so."""
    reply = room.run("print('x' * (50 << 20))", limits=Limits(output_kib=4))
    assert isinstance(reply, Transcript)
    assert len(reply.output) < 4096 + 100
    assert "cut after 4096 bytes" in reply.output


def test_cannot_hide_cpu_time_in_threads(room):
    """All threads of a process count."""
    reply = room.run(
        """
        import threading
        def burn():
            while True: sum(range(10_000))
        for _ in range(4): threading.Thread(target=burn).start()
        burn()
        """
    )
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT


def test_cannot_hide_cpu_time_in_processes(room):
    """Work that is handed to other processes ends with the time that passes."""
    reply = room.run("import os\nif os.fork() == 0:\n    while True: pass\nos.wait()")
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT
    assert "no answer after" in reply.detail


def test_cannot_trip_over_its_own_timers(room):
    """Timers that a candidate sets are its own, and so are the clocks that it patches."""
    reply = room.run("import signal\nsignal.setitimer(signal.ITIMER_PROF, 0.05)\nwhile True: pass", limits=SMALL)
    assert isinstance(reply, Ended)
    patched = "import time\ntime.time = time.monotonic = time.process_time = lambda: 0.0\nwhile True: pass"
    reply = room.run(patched)
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT


def test_cannot_overflow_the_stack_of_the_grader(room):
    """Deep recursion is the candidate's own error or its own crash."""
    reply = room.run(
        "import sys\nsys.setrecursionlimit(1 << 30)\ndef deep(): deep()\ndeep()", limits=Limits(check_cpu_s=5)
    )
    assert isinstance(reply, (Ended, Transcript))
    assert room.prints("print('ok')") == "ok\n"
