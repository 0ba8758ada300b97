"""A notebook executed by nbclient in a child, as Jupyter would execute it, without a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbformat import from_dict

from autograder.sandbox.cell import WIDGET_VIEW, Widgets
from autograder.sandbox.kernel import Kernel

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.sandbox.child import Child


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
