"""Student code cannot make the grader believe, read or wait for anything but one answer to each question."""

import pytest

from autograder.model.transcript import Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended
from tests.sandboxes import EMPTY, SMALL, module, task

pytestmark = pytest.mark.sandbox

# The line to the grader, found as student code would find it, and frames written to it by hand.
LINE = """
import json, os, stat, struct
def line():
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return number
        except OSError:
            pass
def send(message):
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    os.write(line(), struct.pack(">I", len(data)) + data)
def question():
    import gc
    return next(found for found in gc.get_objects() if type(found) is dict and "nonce" in found and "do" in found)
SEEN = {"kind": "value", "value": {"kind": "plain", "type": "int", "data": 42}, "rtol": None, "atol": None}
RIGHT = {"entries": [{"line": 2, "observation": SEEN, "label": None}], "failure": None, "is_cut": False, "output": ""}
"""


def forged(body):
    """A candidate whose `forge` runs these lines."""
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    return module(f"{LINE}\nanswer = 1\ndef forge():\n{lines}\n")


def at_import(body):
    """A candidate that runs these lines while it is imported."""
    return module(f"{LINE}\nanswer = 1\n{body.strip()}\n")


HONEST = "see.value(torch.answer)"
ATTACK = f"torch.forge(); {HONEST}"


def crashed(reply):
    """The sentence of a child that was ended for what it sent."""
    assert isinstance(reply, Ended), reply
    assert reply.outcome is Outcome.CRASHED
    return reply.detail


OUT_OF_TURN = "to another question"  # nobody knows the nonce of a question that was not asked


def test_cannot_answer_before_the_question(room):
    """A right transcript that lies ready when the question comes is refused."""
    files = at_import("send({'nonce': question()['nonce']}); send({'nonce': 'x', 'transcript': RIGHT})")
    with room.sandbox.start(files, "mytorch", SMALL) as child:
        assert OUT_OF_TURN in crashed(child.run(task(HONEST)))


def test_cannot_answer_the_next_question_in_advance(room):
    """An answer to one question and a second one for the next: the second is out of turn."""
    files = forged(
        "send({'nonce': question()['nonce'], 'transcript': RIGHT}); send({'nonce': '', 'transcript': RIGHT})"
    )
    with room.sandbox.start(files, "mytorch", SMALL) as child:
        child.run(task(ATTACK))
        assert OUT_OF_TURN in crashed(child.run(task(HONEST)))


def test_an_answer_by_hand_is_its_own_answer(room):
    """Who answers a question by hand has answered it, without knowing what is expected; its next answer is refused."""
    files = forged("send({'nonce': question()['nonce'], 'transcript': RIGHT})")
    with room.sandbox.start(files, "mytorch", SMALL) as child:
        assert isinstance(child.run(task(ATTACK)), Transcript)
        assert OUT_OF_TURN in crashed(child.run(task(HONEST)))


def test_cannot_answer_with_a_guessed_nonce(room):
    """An answer to no question is refused."""
    assert OUT_OF_TURN in crashed(room.run(ATTACK, forged("send({'nonce': 'x' * 16, 'transcript': RIGHT})")))


def test_cannot_answer_with_an_old_nonce(room):
    """Nonces are good for one question."""
    files = module(
        f"{LINE}\nanswer = 1\nold = question()['nonce']\ndef forge():\n    send({{'nonce': old, 'transcript': RIGHT}})"
    )
    assert OUT_OF_TURN in crashed(room.run(ATTACK, files))


MALFORMED = {
    "no_json": "send(b'points: 100')",
    "nothing": "send(b'')",
    "a_verdict": "send({'nonce': question()['nonce'], 'verdict': 'passed'})",
    "more_than_a_transcript": "send({'nonce': question()['nonce'], 'transcript': {**RIGHT, 'outcome': 'passed'}})",
    "nan": "send({'nonce': question()['nonce'], 'transcript': {**RIGHT, 'output': float('nan')}})",
    "deep": "send(b'[' * 1_000_000)",
    "deep_in_place": 'send(b\'{"nonce": "", "transcript": \' + b\'[\' * 1_000_000)',
    "pickle": "import pickle; send(pickle.dumps(print))",
    "wrong_types": "send({'nonce': question()['nonce'], 'transcript': {**RIGHT, 'is_cut': 'no'}})",
    "not_utf_8": r"send(b'\xff' * 100)",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_cannot_confuse_the_grader(room, name):
    """What is not an answer ends the child with a sentence, and nothing else."""
    assert "answer" in crashed(room.run(ATTACK, forged(MALFORMED[name])))
    assert isinstance(room.run(HONEST, EMPTY), Transcript)


def test_cannot_send_too_much(room):
    """A frame that says it is large is not read."""
    assert "at most" in crashed(room.run(ATTACK, forged(r"os.write(line(), b'\xff\xff\xff\xff')")))


def test_cannot_keep_the_grader_reading(room):
    """An answer that never ends is ended by its size, by its CPU time or by the time that passes."""
    endless = "os.write(line(), struct.pack('>I', 16 << 20))\nwhile True: os.write(line(), b'[' * 4096)"
    assert isinstance(room.run(ATTACK, forged(endless)), Ended)
    slow = "import time\nwhile True:\n    os.write(line(), bytes(1))\n    time.sleep(0.05)"
    assert isinstance(room.run(ATTACK, forged(slow)), Ended)


def test_cannot_keep_the_grader_writing(room):
    """A child that stops reading doesn't hold a large question up for ever."""
    files = {**at_import("import time; time.sleep(600)"), "mytorch/large.py": b"#" * (4 << 20)}
    with room.sandbox.start(files, "mytorch", SMALL) as child:
        assert child.ended is not None
        assert child.ended.outcome is Outcome.TIMED_OUT


def test_cannot_hang_up_to_be_spared(room):
    """Closing the line is a crash, as is shutting one half of it."""
    assert isinstance(room.run(ATTACK, forged("os.close(line())")), Ended)
    shut = "import socket; socket.socket(fileno=line()).shutdown(socket.SHUT_WR)"
    assert isinstance(room.run(ATTACK, forged(shut)), Ended)


def test_cannot_speak_through_exit_status_or_standard_streams(room):
    """Neither says anything to the grader."""
    for lines in ("os._exit(0)", "os.write(1, b'passed'); os.write(2, b'passed'); os._exit(0)", "raise SystemExit(0)"):
        reply = room.run(ATTACK, forged(lines))
        assert isinstance(reply, Ended) or reply.entries == ()


def test_cannot_pass_descriptors_to_the_grader(room):
    """A descriptor that comes along with bytes is dropped by the kernel: nobody asks for it."""
    give = "import array, socket\nchannel = socket.socket(fileno=os.dup(line()))\nsocket.send_fds(channel, [b'x'], [1])"
    assert isinstance(room.run(ATTACK, forged(give)), Ended)


def test_cannot_talk_to_the_warm_parent(room):
    """The line between grader and parent is not among a child's descriptors; there is one socket, its own."""
    count = """
    import os, stat
    sockets = 0
    for number in range(4096):
        try:
            sockets += stat.S_ISSOCK(os.fstat(number).st_mode)
        except OSError:
            pass
    print(sockets)
    """
    assert room.prints(count) == "1\n"
