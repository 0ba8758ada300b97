"""Student code cannot touch other processes, and nothing that it starts outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.model.transcript import Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended
from tests.hostile.attempts import CALLS, assert_refused, system_call
from tests.hostile.processes import are_gone
from tests.sandboxes import EMPTY, SMALL, task

pytestmark = pytest.mark.sandbox
SIGNALS = (0, signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT)


def still_answers(room):
    """Whether the warm parent starts a child that answers."""
    return room.prints("print('ok')") == "ok\n"


@pytest.mark.parametrize("number", SIGNALS, ids=str)
def test_cannot_signal_the_warm_parent_or_the_grader(room, number):
    """By no signal, by no way of naming them."""
    targets = (os.getpid(), room.sandbox._process.pid, os.getppid())
    attempts = [f"os.kill({pid}, {int(number)})" for pid in targets]
    attempts += [f"signal.pidfd_send_signal(os.pidfd_open({pid}), {int(number)})" for pid in targets]
    assert_refused(room, attempts, "import os, signal")
    assert still_answers(room)


def test_cannot_signal_everyone(room):
    """`kill(-1)` reaches nothing but what the child itself started."""
    with room.sandbox.start(EMPTY, "mytorch", SMALL) as other:
        room.run("import os, signal; os.kill(-1, signal.SIGKILL)")
        assert isinstance(other.run(task("see.value(1)")), Transcript)
    assert still_answers(room)


def test_cannot_trace_or_read_the_parent(room):
    """Not by ptrace, not by reading its memory, not by taking its descriptors."""
    parent = room.sandbox._process.pid
    attempts = [
        system_call("ptrace", 16, parent, 0, 0),
        system_call("process_vm_readv", parent, 0, 0, 0, 0, 0),
        system_call("kcmp", parent, parent, 0, 0, 0),
        f"call({438}, os.pidfd_open(os.getpid()), 0, 0)",
    ]
    assert_refused(room, attempts, CALLS)


def test_cannot_see_other_processes(room):
    """A child sees its own processes at most."""
    assert_refused(room, ["os.listdir('/proc')"], "import os")
    if room.level == "namespaces":
        assert room.prints("import os; print(os.getpid(), os.getppid())") == "1 0\n"


OUTLIVE = {
    "a_thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
    "a_daemon": """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in range(3): os.close(number)
                time.sleep(600)
            os._exit(0)
        os.wait()
        """,
    "one_that_ignores_signals": """
        import os, signal, time
        if os.fork() == 0:
            for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
                try: signal.signal(number, signal.SIG_IGN)
                except OSError: pass
            time.sleep(600)
        """,
    "one_that_forks_on": """
        import os, time
        if os.fork() == 0:
            while True:
                if os.fork(): os._exit(0)
        """,
    "many": "import os, time\nfor _ in range(8):\n    if os.fork() == 0: time.sleep(600)",
    "a_stopped_one": "import os, signal\nif os.fork() == 0: os.kill(os.getpid(), signal.SIGSTOP)",
}


@pytest.mark.parametrize("name", OUTLIVE)
def test_cannot_leave_behind(room, name):
    """What a check starts is dead when its child is closed."""
    with room.sandbox.start(EMPTY, "mytorch", SMALL) as child:
        child.run(task(OUTLIVE[name]))
    assert are_gone(room.sandbox._process.pid)
    assert still_answers(room)


def test_cannot_stay_when_the_grader_is_killed():
    """A grader that dies in the middle takes its warm parent and its children with it."""
    script = """
import os, signal
from autograder.sandbox.level import Level
from autograder.sandbox.warm import Sandbox
from tests.sandboxes import EMPTY, SMALL, task
sandbox = Sandbox(("numpy",), Level.NAMESPACES).__enter__()
child = sandbox.start(EMPTY, "mytorch", SMALL)
child.run(task("import os, time\\nif os.fork() == 0: time.sleep(600)"))
print(sandbox._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, timeout=60, check=False, cwd=Path.cwd()
    )
    parent = int(done.stdout)
    assert done.returncode == -signal.SIGKILL
    assert are_gone(parent)
    end = time.monotonic() + 10
    while time.monotonic() < end and is_running(parent):
        time.sleep(0.02)
    assert not is_running(parent)


def is_running(pid):
    """Whether a process lives and is more than a record."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_cannot_fork_without_end(room):
    """A fork bomb meets its limit, is ended, and the next child starts."""
    reply = room.run(
        """
        import os
        while True:
            try: os.fork()
            except OSError: pass
        """
    )
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT
    assert are_gone(room.sandbox._process.pid)
    assert still_answers(room)


def test_cannot_start_more_processes_or_threads_than_its_limit(room):
    """The limit counts both."""
    count = """
    import os, threading, time
    started = 0
    try:
        for _ in range(100):
            if os.fork() == 0: time.sleep(600)
            started += 1
    except OSError: pass
    print(started)
    """
    assert 0 < int(room.prints(count)) <= SMALL.processes
    threads = """
    import threading, time
    started = 0
    try:
        for _ in range(100):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
            started += 1
    except RuntimeError: pass
    print(started)
    """
    assert 0 < int(room.prints(threads)) <= SMALL.processes


def test_cannot_ignore_its_end(room):
    """A loop that ignores every signal is ended like any other."""
    reply = room.run(
        """
        import signal
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            try: signal.signal(number, signal.SIG_IGN)
            except OSError: pass
        while True:
            try:
                while True: pass
            except BaseException: pass
        """
    )
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT


def test_cannot_stop_itself_to_wait_for_ever(room):
    """A process that stops itself is ended when patience is."""
    reply = room.run("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nimport time\ntime.sleep(600)")
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.TIMED_OUT


def test_cannot_hold_the_line_open_for_the_grader_to_wait(room):
    """When the child's first process is gone, nobody waits for what it left behind."""
    started = time.monotonic()
    reply = room.run("import os, time\nif os.fork() == 0: time.sleep(600)\nos._exit(3)")
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.CRASHED
    assert "exit status 3" in reply.detail
    assert time.monotonic() - started < 600
