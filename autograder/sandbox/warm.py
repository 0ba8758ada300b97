"""One warm parent: a fresh Python process that has imported the listed packages and forks children on demand."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

import autograder
from autograder.model.errors import MachineError
from autograder.sandbox import packages as listed
from autograder.sandbox.child import Child
from autograder.sandbox.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from autograder.model.course import Limits
    from autograder.model.kernel import KernelName
    from autograder.probe import File

HOME = str(Path(autograder.__file__).parent.parent)
START = """\
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.inside.parent import main
main(int(sys.argv[2]))
"""
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "LANG": "C.UTF-8",
    "HOME": "/dev/null",  # nothing can be put there
    "TMPDIR": "/scratch",  # a child's own, see inside/room.py
    "MPLBACKEND": "agg",
    "PATH": "",
}
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}  # figures are shown below their cells
WARM_S, ANSWER_S = 60.0, 20.0  # seconds of wall time that a parent may take: to become warm, to answer


class MissingMeansError(MachineError):
    """This machine refuses a means of isolation that a level needs.

    Attributes:
        means: which one.
        detail: what was refused, with the system's own words.
    """

    def __init__(self, level: Level, means: str, detail: str) -> None:
        super().__init__(f"This machine can't isolate at level {level}: {detail}. `autograder doctor` says what helps.")
        self.means = means
        self.detail = detail


class Sandbox:
    """A warm parent, as a context manager; not for use by two threads at once.

    `packages` are the names, as pip knows them, of what exists in the sandbox besides the standard library. With a
    `kernel`, children can execute notebook cells. `shared` are Python files, each a path and a text, that many
    candidates have in common and that are no secret: they are compiled once, here, where each child would do it again.
    """

    def __init__(
        self,
        packages: Iterable[str] = (),
        level: Level = Level.NAMESPACES,
        *,
        kernel: KernelName | None = None,
        shared: Iterable[File] = (),
    ) -> None:
        self.level = level
        self._packages = tuple(packages)
        self._kernel = kernel
        self._shared = {file: place for place, file in enumerate(dict.fromkeys(shared))}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        plan = msgspec.to_builtins(listed.room(self._packages, self._kernel.packages if self._kernel else ()))
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-s", "-S", "-P", "-B", "-c", START, HOME, str(theirs.fileno())],
                env=ENVIRONMENT | (INLINE if self._kernel else {}),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._control = ours
        shared = [(path, base64.b64encode(data).decode()) for path, data in self._shared]
        try:
            self._ask({"level": self.level, "kernel": self._kernel, "shared": shared, **plan}, wait_s=WARM_S)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def start(self, files: Mapping[str, bytes], package: str, limits: Limits, *, has_shell: bool = False) -> Child:
        """A fresh child that has loaded a candidate from its files; with the kernel's shell, it executes cells, too.

        Where loading itself ended the child, its `ended` says how.

        Raises:
            MachineError: the machine refused the child.
        """
        ours, theirs = socket.socketpair()
        request = {"do": "start", "limits": msgspec.to_builtins(limits), "has_shell": has_shell}
        try:
            with theirs:
                reply, handles = self._ask(request, (theirs.fileno(),))
        except BaseException:
            ours.close()
            raise
        handle = handles[0] if handles else None
        child = Child(ours, handle, limits, self._shared, lambda: self._end(reply["child"]))
        try:
            missing = child.wait_until_shut_in()
            if missing is not None:
                raise MissingMeansError(self.level, *missing)
            child.load(files, package)
        except BaseException:
            child.close()
            raise
        return child

    def _end(self, pid: int) -> tuple[int, float]:
        """End a child; its wait status and the CPU seconds it used."""
        reply, _ = self._ask({"do": "end", "child": pid})
        return reply["status"], reply["cpu_s"]

    def _ask(
        self, request: dict[str, Any], handles: tuple[int, ...] = (), wait_s: float | None = None
    ) -> tuple[dict[str, Any], list[int]]:
        """The parent's answer, and the descriptors that came with it; the parent is trusted, the machine is not."""
        if self._control is None:
            raise MachineError("The sandbox was used before it was entered or after it was left.")
        self._control.settimeout(wait_s or ANSWER_S)
        line = b""
        received: list[int] = []
        try:
            words = msgspec.json.encode(request) + b"\n"
            sent = socket.send_fds(self._control, [words], handles)  # as much as the socket's buffer holds
            self._control.sendall(words[sent:])
            while not line.endswith(b"\n"):
                part, more, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
                if not part:
                    raise MachineError("The sandbox's warm parent ended unexpectedly.")
                line, received = line + part, received + more
        except OSError as error:
            raise MachineError(f"The sandbox's warm parent did not answer: {error}.") from error
        reply = msgspec.json.decode(line)
        if "missing" in reply:
            raise MissingMeansError(self.level, reply["missing"], reply["detail"])
        return reply, received

    def _stop(self) -> None:
        """Hang up, upon which the parent ends its children and itself; kill it where it doesn't."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(ANSWER_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
