"""Warm parents for tests, one for each level, and short ways to run a few lines in a child."""

from collections.abc import Iterator
from textwrap import dedent, indent

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.model.check import Task
from autograder.model.course import Limits
from autograder.model.ids import CheckId
from autograder.model.kernel import KernelName
from autograder.model.transcript import Transcript
from autograder.sandbox.ended import Ended
from autograder.sandbox.level import Level
from autograder.sandbox.notebook import execute_notebook
from autograder.sandbox.warm import MissingMeansError, Sandbox

SMALL = Limits(check_cpu_s=0.5, cell_cpu_s=0.5, submission_cpu_s=20, memory_mib=256, processes=16)
EMPTY = {"mytorch/__init__.py": b""}
BOTH = (Level.NAMESPACES, Level.UID_LANDLOCK)


def task(body: str) -> Task:
    """A check whose body is these lines."""
    lines = indent(dedent(body).strip("\n"), "    ")
    return Task(
        id=CheckId("test_x::test"),
        source=f"def test(torch, see):\n{lines}\n",
        function="test",
        arguments={},
        seed=1,
    )


def module(body: str) -> dict[str, bytes]:
    """A candidate whose package is these lines."""
    return {"mytorch/__init__.py": dedent(body).encode()}


class Room:
    """One level's warm parent, and children of it that live for one question."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.level = sandbox.level

    def run(self, body: str, files: dict[str, bytes] = EMPTY, limits: Limits = SMALL) -> Transcript | Ended:
        """What the body of a check saw in a child of its own."""
        with self.sandbox.start(files, "mytorch", limits) as child:
            return child.run(task(body))

    def prints(self, body: str, files: dict[str, bytes] = EMPTY, limits: Limits = SMALL) -> str:
        """What the body printed; whatever it raised is printed last, by its type."""
        reply = self.run(body, files, limits)
        assert isinstance(reply, Transcript), reply
        return reply.output + (reply.failure.type if reply.failure else "")

    def executed(self, *sources: str, files: dict[str, bytes] = EMPTY, limits: Limits = SMALL) -> list[NotebookNode]:
        """The cells of a notebook, executed in a child of its own."""
        notebook = new_notebook(cells=[new_code_cell(dedent(source).strip("\n")) for source in sources])
        with self.sandbox.start(files, "mytorch", limits, has_shell=True) as child:
            cells: list[NotebookNode] = execute_notebook(child, notebook).cells
        return cells


def rooms(level: Level, *, kernel: KernelName | None = None) -> Iterator[Room]:
    """A warm parent at a level, where this machine can have it."""
    try:
        with Sandbox(("numpy",), level, kernel=kernel) as sandbox:
            with sandbox.start(EMPTY, "mytorch", SMALL):
                pass
            yield Room(sandbox)
    except MissingMeansError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session", params=BOTH, ids=[level.replace("+", "-") for level in BOTH])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    """A room at each level that is a boundary."""
    yield from rooms(request.param)


@pytest.fixture(scope="session")
def namespaces() -> Iterator[Room]:
    """A room at the strongest level."""
    yield from rooms(Level.NAMESPACES)


@pytest.fixture(scope="session")
def fresh_user() -> Iterator[Room]:
    """A room at the level for containers."""
    yield from rooms(Level.UID_LANDLOCK)


@pytest.fixture(scope="session", params=BOTH, ids=[level.replace("+", "-") for level in BOTH])
def notebook_room(request: pytest.FixtureRequest) -> Iterator[Room]:
    """A room whose children can execute notebook cells, at each level that is a boundary."""
    yield from rooms(request.param, kernel=KernelName.QUICK)
