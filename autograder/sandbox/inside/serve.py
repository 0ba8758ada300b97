"""A child's loop: it loads a candidate, runs tasks and cells, and answers each question once."""

from __future__ import annotations

import base64
import os
import random
import sys
from typing import TYPE_CHECKING, Any

from autograder.probe import Candidate, Codes, File, load, run

from . import frames
from .outputs import forget_written
from .widgets import state_of_widgets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from socket import socket

OUT_OF_MEMORY = 99  # the exit status of a child that had no memory left for its answer


def serve(channel: socket, shell: Any, shared: Sequence[File], codes: Codes) -> None:
    """Answer until the grader hangs up; with files that candidates share, and what these compile to."""
    answers = _Answers(shell, shared, codes)
    try:
        while (request := frames.receive(channel)) is not None:
            answer = getattr(answers, request["do"])(request)
            frames.send(channel, {"nonce": request["nonce"], **answer})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


class _Answers:
    """One method for each kind of question."""

    def __init__(self, shell: Any, shared: Sequence[File], codes: Codes) -> None:
        self._shell = shell
        self._shared = shared
        self._codes = codes
        self._candidate = Candidate()

    def load(self, request: dict[str, Any]) -> dict[str, Any]:
        """Import the candidate; what goes wrong shows when a check runs on it."""
        _seed(0)
        forget_written()  # by an earlier candidate
        files = dict(self._shared[place] for place in request["shared"])
        files |= {path: base64.b64decode(text) for path, text in request["files"].items()}
        self._candidate = load(files, request["package"], codes=self._codes)
        return {}

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """The transcript of one check."""
        _seed(request["task"]["seed"])
        return {"transcript": run(request["task"], self._candidate, request["output_bytes"])}

    def execute(self, request: dict[str, Any]) -> dict[str, Any]:
        """The outputs of one cell."""
        answer: dict[str, Any] = self._shell.execute(request["source"], request["output_bytes"])
        return answer

    def widgets(self, _: dict[str, Any]) -> dict[str, Any]:
        """The state of the widgets that cells have made."""
        return {"state": state_of_widgets()}


def _seed(seed: int) -> None:
    """Make the generators that student code may share begin at the same place in each child."""
    random.seed(seed)
    if (numpy_random := sys.modules.get("numpy.random")) is not None:
        numpy_random.seed(seed % 2**32)
