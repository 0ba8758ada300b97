"""Lines of an attack: each attempt is refused by the system, or the test fails.

A mistake in an attack is an exception of another kind, so that no test passes because its attack is broken.
"""

import json
import os
from pathlib import Path
from textwrap import dedent

from autograder.model.transcript import Transcript
from autograder.sandbox.inside.system import number

CALLS = """
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    converted = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = libc.syscall(ctypes.c_long(number), *converted)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
"""


def body(attempts, setup=""):
    """A check's body that makes each attempt, an expression, and prints one line for it."""
    lines = "\n".join(f"    {attempt!r}: lambda: {attempt}," for attempt in attempts)
    return f"""{dedent(setup)}
attempts = {{
{lines}
}}
for name, attempt in attempts.items():
    try:
        result = attempt()
    except OSError as error:
        print("refused:", error)
    else:
        print("SUCCEEDED:", name, repr(result)[:200])
"""


def assert_refused(room, attempts, setup="", files=None):
    """No attempt succeeds."""
    reply = room.run(body(attempts, setup), **({} if files is None else {"files": files}))
    assert isinstance(reply, Transcript), reply
    assert reply.failure is None, reply.failure
    lines = reply.output.splitlines()
    assert len(lines) == len(attempts)
    assert [line for line in lines if not line.startswith("refused:")] == []


def system_call(name, *arguments):
    """An attempt at a system call by its number."""
    return f"call({number(name)}, {', '.join(map(str, arguments))})"


def text(value):
    """A value as source text, of which JSON's and Python's forms are one."""
    return json.dumps(str(value))


def open_to_all(path):
    """Let everyone reach a file of this test run, whatever rights its folders were made with."""
    for part in (path, *path.parents):
        if part.stat().st_uid == os.geteuid() and part != Path.home() and part.stat().st_mode & 0o005 != 0o005:
            part.chmod(part.stat().st_mode | 0o055)
