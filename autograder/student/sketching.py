"""The process in which student code records a graph to be drawn: one request on standard input, one answer.

Started as `python -P -m autograder.student.sketching WORKSPACE`; see `sketch.py`. Student code gets empty streams.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from autograder import probe
from autograder.drawing.film import film
from autograder.drawing.live import LiveGraph, live_graph
from autograder.drawing.pencil import picture
from autograder.model.errors import UsageError
from autograder.probe.failure import failure_record
from autograder.student.sketch import Answer, Drawn, Raised, Sketch, Unfit
from autograder.student.snippet import OUT, read_snippet

FILE = re.compile(r"(?P<file>.+\.py)(:(?P<name>\w+))?")
SNIPPET = "<draw>"  # what tracebacks call it


def main() -> None:
    """Answer the request, and end."""
    request, answers = sys.stdin.buffer.read(), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    answer = answered(Path(sys.argv[1]), msgspec.json.decode(request, type=Sketch))
    with os.fdopen(answers, "wb") as ours:
        ours.write(msgspec.json.encode(answer))
    os._exit(0)  # whatever threads the code has started


def answered(root: Path, wanted: Sketch) -> Answer:
    """The graph that the wanted code records, drawn."""
    candidate = probe.load_folder(root, wanted.package)
    if candidate.failure is not None:
        return Raised(traceback=candidate.failure["traceback"])
    is_file = FILE.fullmatch(wanted.source)
    file = str(Path(is_file["file"])) if is_file else SNIPPET
    try:
        live = _from_file(Path(file), is_file["name"] or OUT) if is_file else _from_snippet(wanted, candidate.module)
        return _drawn(live, wanted)
    except UsageError as error:
        return Unfit(message=str(error))
    except BaseException as error:  # noqa: BLE001 - student code ran: whatever it raised is told
        return Raised(traceback=failure_record(error, {**candidate.files, file: file})["traceback"])


def _from_file(path: Path, name: str) -> LiveGraph:
    """The graph behind a variable of a script."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read ({error.strerror})") from error
    sys.path.insert(0, str(path.parent.resolve()))
    return _run(compile(source, str(path), "exec", dont_inherit=True), {}, name)


def _from_snippet(wanted: Sketch, module: Any) -> LiveGraph:
    """The graph behind the value of a snippet."""
    given: dict[str, Any] = {"torch": module, wanted.package: module, "np": importlib.import_module("numpy")}
    snippet = read_snippet(wanted.source, given, SNIPPET)
    leaves = {name: module.tensor(value, requires_grad=True) for name, value in snippet.leaves.items()}
    return _run(snippet.code, {**given, **leaves}, snippet.out)


def _run(code: Any, names: dict[str, Any], out: str) -> LiveGraph:
    namespace = {"__name__": "__main__", **names}
    exec(code, namespace)  # noqa: S102 - in a process made for it
    if out not in namespace:
        raise UsageError(f"there is no variable {out!r} to draw: name another one, as in `script.py:loss`")
    around = {name: value for name, value in namespace.items() if not name.startswith("_")}
    return live_graph([namespace[out]], {}, around)


def _drawn(live: LiveGraph, wanted: Sketch) -> Drawn:
    if wanted.is_backward:
        shown = film(live, title=wanted.source, language=wanted.language)
        return Drawn(text=shown.page, sentences=shown.sentences)
    drawn = picture(
        live, values=wanted.has_values, shapes=wanted.has_values, title=wanted.source, language=wanted.language
    )
    return Drawn(text=drawn.svg, sentences=drawn.sentences)


if __name__ == "__main__":
    main()
