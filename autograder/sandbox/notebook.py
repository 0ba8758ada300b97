"""A notebook executed by nbclient in a child, as Jupyter would execute it, without a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbformat import from_dict

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
    client = NotebookClient(executed, km=kernel, allow_errors=True, record_timing=False, timeout=None)
    not_run: list[NotebookNode] = []
    client.on_cell_execute = lambda cell, **_: not_run.append(cell) if child.ended else None
    client.execute()
    for cell in not_run:
        cell.execution_count = None
    return executed
