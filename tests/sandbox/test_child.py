"""A child gives transcripts, or an outcome with a sentence; it never raises in the grader."""

import pytest

from autograder.model.course import Limits
from autograder.model.transcript import PlainValue, Seen, Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended
from tests.sandboxes import SMALL, module, task

pytestmark = pytest.mark.sandbox


def value(reply):
    """The only value that a transcript holds."""
    (entry,) = reply.entries
    assert isinstance(entry.observation, Seen)
    assert isinstance(entry.observation.value, PlainValue)
    return entry.observation.value.data


def test_a_check_sees_the_candidate(room):
    """The check's `torch` is the package that was sent."""
    assert value(room.run("see.value(torch.answer)", module("answer = 42"))) == 42


def test_one_child_answers_many_questions(room):
    """Questions are answered one after the other, each with its own transcript."""
    with room.sandbox.start(module("seen = []"), "mytorch", SMALL) as child:
        lengths = [value(child.run(task("torch.seen.append(1); see.value(len(torch.seen))"))) for _ in range(3)]
    assert lengths == [1, 2, 3]


def test_what_a_child_does_to_itself_is_gone_with_it(room):
    """The next child knows nothing of the one before."""
    room.run("import sys, json; json.x = 1; sys.modules['mine'] = json")
    assert room.prints("import sys, json; print('mine' in sys.modules, hasattr(json, 'x'))") == "False False\n"


def test_random_numbers_start_alike_in_each_child(room):
    """Python's and numpy's shared generators are seeded, and so are the hashes of strings."""
    body = "import random, numpy; print(random.random(), numpy.random.rand(), hash('edge'))"
    assert room.prints(body) == room.prints(body)


def test_packages_are_those_listed(room):
    """What is listed is there, lazily loaded parts of it and of the standard library too; other packages are not."""
    assert room.prints("import numpy.testing, sqlite3, xml.dom.minidom, asyncio; print('ok')") == "ok\n"
    for name in ("msgspec", "torch", "pytest", "IPython", "autograder.checks", "autograder.sandbox.warm"):
        assert room.prints(f"import {name}") == "ModuleNotFoundError", name


ENDS = {
    "endless_loop": ("while True: pass", Outcome.TIMED_OUT, "still computing after 0.2 s of CPU time"),
    "sleep": ("import time; time.sleep(60)", Outcome.TIMED_OUT, "no answer after 2.8 s"),
    "exit": ("import os; os._exit(3)", Outcome.CRASHED, "exit status 3"),
    "exit_0": ("import os; os._exit(0)", Outcome.CRASHED, "exit status 0"),
    "segmentation_fault": ("import ctypes; ctypes.string_at(0)", Outcome.CRASHED, "SIGSEGV"),
    "big_array": ("import numpy; numpy.ones(1 << 30)", Outcome.OUT_OF_MEMORY, "more memory than the 256 MiB"),
    "processes": (
        "import os, time\nfor _ in range(99): os.fork() or time.sleep(9)",
        Outcome.TOO_MANY_PROCESSES,
        "more processes and threads than the 16",
    ),
    "threads": (
        "import threading, time\nfor _ in range(99): threading.Thread(target=time.sleep, args=(9,)).start()",
        Outcome.TOO_MANY_PROCESSES,
        "more threads than its 16 processes and threads",
    ),
    "open_files": ("[open('/dev/null') for _ in range(999)]", Outcome.TOO_MANY_OPEN_FILES, "more files than the 128"),
    "big_bytes": ("bytearray(3 << 30)", Outcome.OUT_OF_MEMORY, "more memory than the 256 MiB"),
}


@pytest.mark.parametrize("name", ENDS)
def test_each_end_has_its_own_outcome_and_sentence(room, name):
    """Time, memory, processes, open files and crashes are told apart."""
    is_told(room, *ENDS[name])


FILES = {
    "file": ("open('/scratch/x', 'wb').write(bytes(20 << 20))", Outcome.FILE_TOO_LARGE, "larger than the 16 MiB"),
    "disk": (
        "for i in range(9): open(f'/scratch/{i}', 'wb').write(bytes(9 << 20))",
        Outcome.DISK_FULL,
        "larger than 64 MiB in all",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_limit_of_files_has_its_own_outcome_and_sentence(namespaces, name):
    """Where files can be written at all."""
    is_told(namespaces, *FILES[name])


def is_told(room, body, outcome, sentence):
    """A check ends its child, with that outcome and sentence."""
    reply = room.run(body, limits=Limits(check_cpu_s=0.2, memory_mib=256))
    assert isinstance(reply, Ended)
    assert reply.outcome is outcome
    assert sentence in reply.detail


def test_the_next_check_runs_in_the_next_child(room):
    """An end costs the check that met it; the dead child goes on saying how it died."""
    with room.sandbox.start(module(""), "mytorch", SMALL) as child:
        first = child.run(task("import os; os._exit(1)"))
        assert child.run(task("see.value(1)")) == first == child.ended
    assert value(room.run("see.value(1)")) == 1


def test_a_candidate_that_ends_at_import_is_told_at_the_start(room):
    """`ended` says so before any check is asked, so that not every check has to wait for it."""
    with room.sandbox.start(module("while True: pass"), "mytorch", SMALL) as child:
        assert child.ended is not None
        assert child.ended.outcome is Outcome.TIMED_OUT
        assert child.run(task("see.value(1)")) == child.ended


def test_a_candidate_that_raises_at_import_gives_transcripts(room):
    """An exception at import is the student's, and each transcript has it."""
    reply = room.run("see.value(1)", module("raise ValueError('no')"))
    assert isinstance(reply, Transcript)
    assert reply.failure is not None
    assert reply.failure.type == "ValueError"


def test_cpu_time_of_a_submission_is_bounded_over_its_checks(room):
    """Checks that are each within their limit still end where their sum is over the submission's."""
    limits = Limits(check_cpu_s=1, submission_cpu_s=0.5)
    busy = task("import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass")
    with room.sandbox.start(module(""), "mytorch", limits) as child:
        replies = [child.run(busy) for _ in range(4)]
        assert child.ended is not None
    assert isinstance(replies[0], Transcript)
    assert isinstance(replies[-1], Ended)
    assert replies[-1].outcome is Outcome.TIMED_OUT


def test_time_waited_for_a_submission_is_bounded_over_its_checks(room):
    """It may be asleep for four times its CPU seconds in all, whatever each check may wait."""
    limits = Limits(check_cpu_s=1, submission_cpu_s=0.2)
    asleep = task("import time\ntime.sleep(0.3)")
    with room.sandbox.start(module(""), "mytorch", limits) as child:
        replies = [child.run(asleep) for _ in range(8)]
        assert child.used_s > 0.2 > child.cpu_s
    assert isinstance(replies[0], Transcript)
    assert isinstance(replies[-1], Ended)
    assert replies[-1].detail == "the time of the whole submission is used up"


def test_a_check_may_have_a_share_of_its_time_only(room):
    """What needs more is told as if the limit were that."""
    limits = Limits(check_cpu_s=2)
    with room.sandbox.start(module(""), "mytorch", limits) as child:
        assert child.run(task("while True: pass"), cpu_limit_s=0.2).values == {"seconds": "0.2"}


def test_cpu_time_is_told(room):
    """A child knows the CPU seconds that it used, those of its own processes included."""
    with room.sandbox.start(module(""), "mytorch", SMALL) as child:
        child.run(task("import time\nend = time.process_time() + 0.1\nwhile time.process_time() < end: pass"))
        assert child.cpu_s >= 0.1
    assert child.cpu_s >= 0.1


def test_closing_twice_is_harmless(room):
    """`close` may be called by whoever is unsure."""
    child = room.sandbox.start(module(""), "mytorch", SMALL)
    child.close()
    child.close()
