"""The warm parent: a process that has imported what candidates need, and forks a child whenever it is asked.

It never meets a submission, an expected value or a check: those go to a child directly. Of a candidate it has only
the files that all candidates share, compiled and never run.
"""

from __future__ import annotations

import base64
import gc
import importlib
import os
import signal
import socket
import sys
from json import dumps, loads
from typing import Any, NoReturn

from autograder.probe import compiled

from . import frames
from .fresh_user import FreshUsers
from .namespaces import Namespaces
from .rehearsal import rehearse_checks
from .serve import serve
from .system import RefusedError
from .unbounded import unbounded

LEVELS: dict[str, Any] = {"namespaces": Namespaces, "uid+landlock": FreshUsers, "none": unbounded}
SHELLS = {"quick": (".shell", "CellShell"), "ipykernel": (".jupyter", "KernelShell")}
CHANNEL = 3  # a child's only descriptor but the standard three
HIGHEST_DESCRIPTOR = 4096
USUAL = ("collections.abc", "copy", "dataclasses", "heapq", "inspect", "itertools", "threading", "typing", "weakref")
BESIDES = {"numpy": ("numpy.random", "numpy.typing"), "matplotlib": ("matplotlib.pyplot",)}


def main(descriptor: int) -> None:
    """Serve the grader until it hangs up."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a grader that runs in the background ignores it
    control = socket.socket(fileno=descriptor)
    line, _ = _receive(control)
    plan = loads(line)
    try:
        parent = _Parent(plan)
    except RefusedError as error:
        _reply(control, missing=error.means, detail=error.detail)
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the grader must hear of it
        _reply(control, missing="parent", detail=f"{type(error).__name__}: {error}")
        return
    _reply(control)
    parent.serve(control)


class _Parent:
    def __init__(self, plan: dict[str, Any]) -> None:
        sys.path[:] = plan["sys_path"]
        self.level = LEVELS[plan["level"]](plan)
        self.children: set[int] = set()
        self.shell = _shell(plan["kernel"]) if plan["kernel"] else None
        for name in (*USUAL, *plan["modules"]):
            for module in (name, *BESIDES.get(name, ())):
                importlib.import_module(module)
        self.shared = [(path, base64.b64decode(text)) for path, text in plan["shared"]]
        self.codes = compiled(self.shared)
        rehearse_checks()
        gc.collect()
        gc.freeze()

    def serve(self, control: socket.socket) -> None:
        """Start and end children as asked; end those that are left when the grader hangs up."""
        try:
            while (received := _receive(control))[0]:
                request = loads(received[0])
                if request["do"] == "start":
                    self._start(control, request, received[1][0])
                else:
                    self._end(control, request["child"])
        finally:
            for pid in self.children:
                self.level.end(pid)

    def _start(self, control: socket.socket, request: dict[str, Any], channel: int) -> None:
        pid = self.level.fork()
        if pid == 0:
            self._live(request["limits"], channel, self.shell if request["has_shell"] else None)
        self.children.add(pid)
        os.close(channel)
        handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        _reply(control, child=pid, handles=() if handle is None else (handle,))
        if handle is not None:
            os.close(handle)

    def _end(self, control: socket.socket, pid: int) -> None:
        self.children.discard(pid)
        self.level.end(pid)
        _, status, usage = os.wait4(pid, 0)
        _reap_orphans(self.children)
        _reply(control, status=status, cpu_s=usage.ru_utime + usage.ru_stime)

    def _live(self, limits: dict[str, Any], descriptor: int, shell: Any) -> NoReturn:
        """A child's whole life; whatever happens in it, it never returns into the parent's code."""
        try:
            channel = _keep_only(descriptor, getattr(self.level, "kept", ()))
            if shell is not None:
                shell.prepare()
            word = self._shut_in(limits, shell)
            frames.send(channel, word)
            if not word:
                serve(channel, shell, self.shared, self.codes)
        finally:
            os._exit(0)

    def _shut_in(self, limits: dict[str, Any], shell: Any) -> dict[str, str]:
        """A child's first word: nothing, or what it lacks."""
        try:
            needs = shell.needs if shell else {}
            self.level.shut_in({name: limit + needs.get(name, 0) for name, limit in limits.items()})
            if shell is not None:
                shell.start()
        except RefusedError as error:
            return {"missing": error.means, "detail": error.detail}
        except Exception as error:  # noqa: BLE001 - whatever it is, no student code may run then
            return {"missing": "process", "detail": f"{type(error).__name__}: {error}"}
        return {}


def _shell(kernel: str) -> Any:
    """What executes cells; its packages, like others, can be imported once the parent is where they are."""
    module, name = SHELLS[kernel]
    return getattr(importlib.import_module(module, __package__), name)()


def _keep_only(descriptor: int, kept: tuple[int, ...]) -> socket.socket:
    """Close every descriptor but the standard ones, the channel and those that the level needs."""
    low = 3
    for keep in sorted({descriptor, *kept}):
        os.closerange(low, keep)
        low = keep + 1
    os.closerange(low, HIGHEST_DESCRIPTOR)
    return socket.socket(fileno=descriptor)


def _reap_orphans(children: set[int]) -> None:
    """Forget processes that a child left to us; a child's own end is kept for whoever asks."""
    if children:
        return
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    """One line, and the descriptors that came with it; an empty line when the grader has hung up."""
    line, descriptors = b"", []
    while not line.endswith(b"\n"):
        part, handles, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not part:
            return b"", []
        line += part
        descriptors += handles
    return line, descriptors


def _reply(control: socket.socket, handles: tuple[int, ...] = (), **message: object) -> None:
    socket.send_fds(control, [dumps(message).encode() + b"\n"], handles)
