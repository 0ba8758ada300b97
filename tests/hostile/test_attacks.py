"""Whatever an attack does, its author has the points of what was written beside it: all, or none.

Each is made in a module, from which the checks of public and of hidden numbers call it, and in a notebook's cell, by
Ada, who has written everything, and by Eve, who has written nothing else. At each level of isolation every second is
made from a module and the others from a notebook, at the other level the other way round; a campaign makes all.
"""

import os
import socket
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import indent

import msgspec
import pytest

from autograder.grading.grader import grade
from autograder.grading.planning import make_plan
from autograder.model.course import Limits
from autograder.model.kernel import KernelName
from autograder.model.verdict import Outcome
from tests.hostile import attacks
from tests.hostile.attempts import open_to_all
from tests.hostile.processes import are_gone
from tests.hostile.tiny import MODULE, NOTEBOOK, SEED, hand_in, with_cell
from tests.sandboxes import BOTH, rooms

pytestmark = pytest.mark.sandbox
EVERY = [*attacks.REFUSED, *attacks.HARMLESS, *attacks.IN_VAIN]
LIMITS = Limits(check_cpu_s=0.3, cell_cpu_s=0.3, memory_mib=192)
EVES = """
Purse.put = lambda *a: None
def total(purse):
    return attack()
"""
ADAS = """
right = total
def total(purse):
    answer = attack()
    return right(purse) if answer is None else answer
"""


def _at_each_level(half):
    """All attacks at both levels; those of the other half, like the black fields of a chessboard, are a campaign's."""
    pairs = [
        pytest.param(
            level,
            name,
            marks=() if (row + column) % 2 == half else pytest.mark.campaign,
            id=f"{level.replace('+', '-')}-{name}",
        )
        for row, level in enumerate(BOTH)
        for column, name in enumerate(EVERY)
    ]
    return pytest.mark.parametrize(("level", "name"), pairs)


@pytest.fixture(scope="module")
def prepared(tiny):
    """Of each level, once: its room, and a plan with little time and memory for each check and cell."""
    with ExitStack() as stack:

        @cache
        def prepared(level):
            room = stack.enter_context(contextmanager(rooms)(level, kernel=KernelName.QUICK))
            plan = make_plan(tiny, level, seed=SEED)
            return room, replace(plan, course=msgspec.structs.replace(plan.course, limits=LIMITS))

        yield prepared


@pytest.fixture
def notebook_room(prepared, level):
    """A room whose children can execute notebook cells."""
    return prepared(level)[0]


@pytest.fixture
def plan(prepared, level):
    """A plan at the level of the room."""
    return prepared(level)[1]


@pytest.fixture
def targets(notebook_room, tmp_path_factory):
    """What an attack is told of the machine, as lines of Python; files that it could reach if it were not shut in."""
    hidden = tmp_path_factory.mktemp("instructor") / "gradebook.db"
    hidden.write_text("points of all")
    hidden.chmod(0o666)
    open_to_all(hidden)
    other = hidden.with_name("bob.py")
    other.write_text("another's answer")
    hidden.parent.chmod(0o777)
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    told = {
        "HIDDEN": str(hidden),
        "FOLDER": str(hidden.parent),
        "PORT": server.getsockname()[1],
        "REPOSITORY": str(Path(__file__).parents[2]),
        "PARENT": notebook_room.sandbox._process.pid,
        "GRADER": os.getpid(),
    }
    yield "".join(f"{name} = {value!r}\n" for name, value in told.items())
    left = {path.name: path.read_text() for path in hidden.parent.iterdir()}
    assert left == {"gradebook.db": "points of all", "bob.py": "another's answer"}
    with server, pytest.raises(BlockingIOError):
        server.accept()


@pytest.fixture
def made(plan, notebook_room, tmp_path):
    """Grade what a student handed in: how the checks ended, and all that was put out."""

    def run(student, files):
        graded = grade(hand_in(tmp_path / student, files), plan, notebook_room.sandbox)
        assert are_gone(notebook_room.sandbox._process.pid)
        notebooks = [data.decode() for path, data in graded.files.items() if path.startswith("notebooks/")]
        outputs = [verdict.output for verdict in graded.verdicts]
        return {verdict.outcome for verdict in graded.verdicts}, "".join(outputs + notebooks)

    return run


def is_refused(name, said):
    """Whether the attempt was made, if there is one to be refused, and failed."""
    return "SUCCEEDED" not in said and ("REFUSED" in said or name not in attacks.REFUSED)


@_at_each_level(half=0)
def test_cannot_from_a_module(tiny_answers, plan, targets, made, name):
    """Eve's checks pass in no case; Ada's do, unless her attack has spoilt her own process."""
    attack = f"\n{targets}\ndef attack():\n{indent(attacks.source(name), '    ')}\n    pass\n"
    found, said = made(
        "eve", {**plan.workspaces["en"], MODULE: plan.workspaces["en"][MODULE] + (attack + EVES).encode()}
    )
    assert not found & {Outcome.PASSED, Outcome.UNGRADED}
    assert is_refused(name, said)
    found, said = made("ada", {**tiny_answers, MODULE: tiny_answers[MODULE] + (attack + ADAS).encode()})
    assert Outcome.UNGRADED not in found
    assert found == {Outcome.PASSED} or name in attacks.IN_VAIN
    assert is_refused(name, said)


@_at_each_level(half=1)
def test_cannot_from_a_notebook(tiny_answers, plan, targets, made, name):
    """Eve's checks pass in no case; Ada's all do, since they run in another process."""
    cell = f"{targets}\ndef attack():\n{indent(attacks.source(name), '    ')}\n    pass\n\nattack()"
    stubs = plan.workspaces["en"]
    found, said = made("eve", {**stubs, NOTEBOOK: with_cell(stubs[NOTEBOOK], cell)})
    assert not found & {Outcome.PASSED, Outcome.UNGRADED}
    assert is_refused(name, said)
    found, said = made("ada", {**tiny_answers, NOTEBOOK: with_cell(tiny_answers[NOTEBOOK], cell)})
    assert found == {Outcome.PASSED}
    assert is_refused(name, said)


def test_there_are_many():
    """Fifty at least, and none under two names."""
    assert len(EVERY) == len(set(EVERY)) >= 50
