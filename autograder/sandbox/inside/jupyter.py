"""ipykernel in a child: the kernel that JupyterLab starts, and what speaks with it as JupyterLab does.

Its sockets are ZeroMQ's own within one process (`inproc`), so it needs no network, no file and no second process, and a
child is shut in as tightly with it as without it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

import ipykernel.debugger
import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.shellchannel import ShellChannelThread
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.compilerop import CachingCompiler
from jupyter_client.session import Session
from traitlets import Type
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from .manners import FOLDER, Manners, refuse_input
from .outputs import DESCRIPTORS, Outputs, capture_descriptors, write_all

SHELL, IOPUB = "inproc://shell", "inproc://iopub"
NEEDS = {"processes": 8, "memory_mib": 128}  # the kernel's threads with their stacks
UNLIMITED = 0  # messages that may wait: one that is dropped would be missing from a notebook

ipykernel.debugger._is_debugpy_available = False  # noqa: SLF001 - nobody is there to debug


class KernelShell:
    """Has the cells of a notebook executed one after the other, as `CellShell` has.

    Attributes:
        needs: what it uses of the limits with the same names, besides student code.
    """

    needs = NEEDS

    def prepare(self) -> None:
        """Capture what is written past Python, before the process is shut in; the kernel's own way may lose some."""
        capture_descriptors()

    def start(self) -> None:
        """Start the kernel in this process, once it is shut in, so that its threads are so too."""
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        context, self._session = zmq.Context(), Session(key=b"")
        self._kernel = _started(context, self._session)
        self._questions, self._told = context.socket(zmq.DEALER), context.socket(zmq.SUB)
        self._told.rcvhwm = UNLIMITED
        self._told.subscribe(b"")
        self._questions.connect(SHELL)
        self._told.connect(IOPUB)
        self._receive()  # the kernel's welcome: from here on it is heard

    def execute(self, source: str, output_bytes: int) -> dict[str, Any]:
        """What one cell put out, and its number."""
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        asked = self._session.send(self._questions, "execute_request", content)["header"]["msg_id"]
        outputs = Outputs(output_bytes)
        listening = asyncio.to_thread(self._listen, asked, outputs)  # the kernel has the main thread, as it expects
        count, is_ok = self._loop.run_until_complete(listening)
        return {"count": count, "is_ok": is_ok, "outputs": outputs.finished()}

    def _listen(self, asked: str, outputs: Outputs) -> tuple[int, bool]:
        """Take in what comes of a question until the kernel is idle; the cell's number, and whether it went well."""
        while True:
            kind, content, answers = self._receive()
            if answers != asked:
                continue
            if kind == "status" and content["execution_state"] == "idle":
                break
            _take_in(kind, content, outputs)
        reply = self._session.recv(self._questions, mode=0)[1]["content"]
        return reply["execution_count"], reply["status"] == "ok"

    def _receive(self) -> tuple[str, dict[str, Any], str]:
        """The next message that the kernel tells everybody: its kind, its content, what it answers."""
        message = self._session.recv(self._told, mode=0)[1]
        return message["msg_type"], message["content"], message["parent_header"].get("msg_id", "")


def _started(context: Any, session: Session) -> IPythonKernel:
    """The kernel, made as ipykernel's own application makes it, without files and without a heartbeat."""
    told, asked = context.socket(zmq.XPUB), context.socket(zmq.ROUTER)
    told.sndhwm = UNLIMITED
    told.bind(IOPUB)
    asked.bind(SHELL)
    publisher = IOPubThread(told, session=session)
    publisher.start()
    sys.stdout, sys.stderr = (_Stream(session, publisher, name, watchfd=False) for name in ("stdout", "stderr"))
    channel = ShellChannelThread(context, daemon=True)
    channel.shell_stream = ZMQStream(asked, channel.io_loop)
    channel.start()
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    kernel = _Kernel.instance(
        config=config,
        session=session,
        shell_stream=channel.shell_stream,
        shell_channel_thread=channel,
        iopub_thread=publisher,
        iopub_socket=publisher.background_socket,
        log=logging.getLogger("ipykernel"),
    )
    kernel.start()
    return kernel


def _take_in(kind: str, content: dict[str, Any], outputs: Outputs) -> None:
    if kind == "stream":
        outputs.print(content["name"], content["text"])
    elif kind in {"display_data", "update_display_data"}:
        name = content["transient"].get("display_id")
        outputs.rich(kind, content["data"], content["metadata"], display_id=None if name is None else str(name))
    elif kind == "execute_result":
        outputs.rich(kind, content["data"], content["metadata"], count=content["execution_count"])
    elif kind == "error":
        outputs.error(content["ename"], content["evalue"], content["traceback"])
    elif kind == "clear_output":
        outputs.clear(is_late=content["wait"])


class _Stream(OutStream):  # type: ignore[misc]  # ipykernel is an extra, untyped here
    """The kernel's stream over a descriptor that is captured here."""

    def fileno(self) -> int:
        """The descriptor under it, whose text is captured as well."""
        return DESCRIPTORS[self.name]

    def write(self, string: str) -> int:
        """Pass printed text on; from a process that a cell started, by the descriptor."""
        if self._is_master_process():
            return super().write(string)  # type: ignore[no-any-return]
        write_all(self.fileno(), string)
        return len(string)


class _Shell(Manners, ZMQInteractiveShell):  # type: ignore[misc]  # likewise
    """The kernel's shell, with the manners of this place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, ipython_dir=FOLDER)


class _Kernel(IPythonKernel):  # type: ignore[misc]  # likewise
    """The kernel with that shell; it names cells as IPython does, since it has no folder to write them to."""

    shell_class = Type(_Shell)
    compiler_class = Type(CachingCompiler)
    raw_input = getpass = staticmethod(refuse_input)
