"""A notebook executed by nbclient in a child, as Jupyter would execute it, without a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from nbclient import NotebookClient
from nbformat import from_dict

from autograder.sandbox.cell import WIDGET_VIEW, Widgets
from autograder.sandbox.kernel import Kernel

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.sandbox.child import Child

NOTEBOOK_MIB = 16  # of all that its cells put out; each has a limit besides, in the child
CUT = f"[all output from here on is left out: the notebook has put out more than {NOTEBOOK_MIB} MiB]\n"


def execute_notebook(child: Child, notebook: NotebookNode) -> NotebookNode:
    """A copy of a notebook with the outputs of its cells; the child was started by a sandbox that has a shell.

    A cell that raises shows its traceback, and the next ones run, as after "Run All" with errors allowed. A cell that
    ends the child (time, memory, a crash) shows a sentence; what follows it is not run, since the variables that it
    would need are gone, and has neither number nor outputs. `child.ended` then says how it ended.
    """
    executed: NotebookNode = from_dict(notebook)
    kernel: Any = Kernel(child)  # nbclient's type for it is a class of Jupyter's; it needs these few methods only
    client = _Client(executed, km=kernel, allow_errors=True, record_timing=False, timeout=None)
    not_run: list[NotebookNode] = []
    client.on_cell_execute = lambda cell, **_: not_run.append(cell) if child.ended else None
    client.execute()
    for cell in not_run:
        cell.execution_count = None
    if _shows_widgets(executed) and isinstance(widgets := child.widgets(), Widgets):
        executed.metadata.update(from_dict(widgets.metadata()))
    return executed


def _shows_widgets(notebook: NotebookNode) -> bool:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return any(WIDGET_VIEW in output.get("data", ()) for output in outputs)


class _Client(NotebookClient):
    """Takes outputs as they come: `cell.py` has decoded them strictly, no schema need look at them again."""

    def __init__(self, notebook: NotebookNode, **options: Any) -> None:
        super().__init__(notebook, **options)
        self._bytes_left = NOTEBOOK_MIB << 20

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Pass a message on as long as the notebook has room for its outputs; where it ends, a sentence says so."""
        if msg["msg_type"] != "status":
            if self._bytes_left < 0:
                return None
            self._bytes_left -= len(msgspec.json.encode(msg)) * self._places(msg)
            if self._bytes_left < 0:
                msg = {**msg, "msg_type": "stream", "content": {"name": "stderr", "text": CUT}}
        return super().process_message(msg, cell, cell_index)

    def _places(self, msg: dict[str, Any]) -> int:
        """How many places nbclient goes to: all that show the same display; to clear, all that was ever displayed."""
        if msg["msg_type"] == "clear_output":
            return max(1, len(self._display_id_map))
        cells = self._display_id_map.get(msg["content"].get("transient", {}).get("display_id"), {})
        return max(1, len(cells), sum(map(len, cells.values())))

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Add an output to those of its cell."""
        if self.clear_before_next_output:
            outs[:] = []
            self.clear_display_id_mapping(cell_index)
            self.clear_before_next_output = False
        if display_id:
            self._display_id_map.setdefault(display_id, {}).setdefault(cell_index, []).append(len(outs))
        content = {name: value for name, value in msg["content"].items() if name != "transient"}
        outs.append(from_dict({"output_type": msg["msg_type"], **content}))
        return outs[-1]
