"""Whatever comes over the wire is the submission's: a record, or a sentence about what is wrong with it."""

import json
import socket
import struct
import threading

import pytest

from autograder.sandbox.cell import Executed
from autograder.sandbox.child import Loaded, Ran
from autograder.sandbox.clock import Budget, OutOfCpuError, OutOfPatienceError
from autograder.sandbox.wire import REPLY_BYTES, BrokenWireError, HungUpError, Wire, decode

NOTHING = {"entries": [], "failure": None, "is_cut": False, "output": ""}


def value(data):
    """A transcript that holds one plain value."""
    seen = {"kind": "value", "value": {"kind": "plain", "type": "float", "data": data}, "rtol": None, "atol": None}
    return {**NOTHING, "entries": [{"line": 1, "observation": seen, "label": None}]}


def nested(depth):
    """A transcript whose value is nested so deep, as JSON."""
    inner = '{"kind":"sequence","type":"tuple","items":[' * depth + "]}" * depth
    return json.dumps({"nonce": "", "transcript": value("VALUE")}).replace(
        '{"kind": "plain", "type": "float", "data": "VALUE"}', inner
    )


def ran(transcript):
    """An answer as a child would send it."""
    return json.dumps({"nonce": "", "transcript": transcript})


BROKEN = {
    "no_json": "hello",
    "nothing": "",
    "cut": ran(NOTHING)[:-1],
    "two": ran(NOTHING) + ran(NOTHING),
    "no_utf_8": b"\xff\xfe",
    "a_list": "[]",
    "null": "null",
    "unknown_field": ran({**NOTHING, "verdict": "passed"}),
    "missing_field": '{"nonce": ""}',
    "wrong_type": ran({**NOTHING, "is_cut": 1}),
    "unknown_kind": ran(value(0)).replace('"plain"', '"code"'),
    "nan": ran(value(float("nan"))),
    "infinity": ran(value(float("inf"))),
    "huge_float": ran(value(0)).replace('"data": 0', '"data": 1e999'),
    "long_integer": ran(value(0)).replace('"data": 0', '"data": ' + "9" * 5_000),
    "lone_surrogate": ran({**NOTHING, "output": "x"}).replace('"x"', r'"\ud800"'),
    "deep": nested(10_000),
    "deep_arrays": '{"nonce": ' + "[" * 100_000 + "]" * 100_000 + "}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_is_none_is_a_sentence(name):
    """Decoding is strict, and never ends in another exception."""
    data = BROKEN[name]
    with pytest.raises(BrokenWireError, match=r"it sent an answer that is (none|nested too deep)"):
        decode(data if isinstance(data, bytes) else data.encode(), Ran)


def test_an_answer_is_decoded():
    """Records of all kinds come through."""
    assert decode(ran(value("nan")).encode(), Ran).transcript.entries[0].line == 1
    text = {"type": "stream", "name": "stdout", "text": "a"}
    executed = decode(json.dumps({"nonce": "n", "count": 1, "is_ok": True, "outputs": [text]}).encode(), Executed)
    assert executed.outputs[0].message() == ("stream", {"name": "stdout", "text": "a"})


def ask(answer, left=lambda: 5.0):
    """Ask once, against another end that sends what `answer` makes of the question."""
    ours, theirs = socket.socketpair()

    def other_end():
        with theirs:
            (size,) = struct.unpack(">I", theirs.recv(4, socket.MSG_WAITALL))
            sent = answer(json.loads(theirs.recv(size, socket.MSG_WAITALL)))
            if sent is not None:
                theirs.sendall(sent)

    thread = threading.Thread(target=other_end, daemon=True)
    thread.start()
    try:
        return Wire(ours).ask(Loaded, {"do": "load"}, left)
    finally:
        thread.join(5)
        ours.close()


def framed(message):
    """A message as it goes over the wire."""
    data = json.dumps(message).encode()
    return struct.pack(">I", len(data)) + data


def test_a_question_has_its_answer():
    """The answer bears the question's nonce."""
    assert isinstance(ask(lambda question: framed({"nonce": question["nonce"]})), Loaded)


def test_nonces_are_never_the_same():
    """One that was seen is of no use for the next question."""
    seen = set()
    for _ in range(3):
        ask(lambda question: seen.add(question["nonce"]) or framed({"nonce": question["nonce"]}))
    assert len(seen) == 3


def test_an_answer_before_the_question_is_refused():
    """What lies ready before anything was asked is no answer."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(framed({"nonce": "x"}))
        with pytest.raises(BrokenWireError, match="to another question"):
            Wire(ours).ask(Loaded, {"do": "load"}, lambda: 5.0)


def test_an_answer_to_another_question_is_refused():
    """A guessed or an old nonce is none."""
    with pytest.raises(BrokenWireError, match="to another question"):
        ask(lambda _: framed({"nonce": "x"}))


def test_a_large_answer_is_refused_by_its_head():
    """Nothing of it is read."""
    with pytest.raises(BrokenWireError, match=f"an answer of {REPLY_BYTES + 1} bytes, at most {REPLY_BYTES}"):
        ask(lambda _: struct.pack(">I", REPLY_BYTES + 1))


def test_a_hang_up_is_seen():
    """Before an answer, and in the middle of one."""
    for sent in (None, b"\0\0", struct.pack(">I", 100) + b"{"):
        with pytest.raises(HungUpError):
            ask(lambda _, sent=sent: sent)


def test_no_wait_is_without_end():
    """A budget's end ends the wait, even where a byte comes now and then."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"\0")
        with pytest.raises(OutOfPatienceError, match=r"2\.04 s"):
            Wire(ours).receive(Budget(0.01, None).left)


def test_cpu_seconds_are_counted():
    """A budget that is used up says so."""
    budget = Budget(0.0, None)
    with pytest.raises(OutOfCpuError):
        budget.left()
