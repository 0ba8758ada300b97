"""An IPython shell without a kernel: it executes cells where it is, and hands back what they put out.

Made in the warm parent, since making it costs more than a whole notebook.
"""

from __future__ import annotations

import asyncio
import builtins
import getpass
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .manners import FOLDER, Manners, refuse_input
from .outputs import Outputs, Stream, capture_descriptors
from .rehearsal import rehearse_cells

if TYPE_CHECKING:
    from collections.abc import Mapping


class CellShell:
    """Executes cells one after the other.

    Attributes:
        needs: what it uses of the limits with the same names, besides student code.
    """

    needs: Mapping[str, int] = {}

    def __init__(self) -> None:
        self._shell = _shell()
        self._streams: tuple[Stream, ...] = ()
        rehearse_cells(self._run, self._put_out_to)
        self._shell.reset()
        self._shell.displayhook.flush()  # defines `_` again, which the reset has taken away

    def prepare(self) -> None:
        """Take over the streams of this process, once it is a child and before it is shut in."""
        capture_descriptors()
        sys.stdout, sys.stderr = self._streams = (Stream("stdout"), Stream("stderr"))
        builtins.input = refuse_input
        getpass.getpass = refuse_input

    def start(self) -> None:
        """Give this process a loop of its own, in which its cells run."""
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def execute(self, source: str, output_bytes: int) -> dict[str, Any]:
        """What one cell put out, and its number."""
        outputs = Outputs(output_bytes)
        self._put_out_to(outputs)
        for stream in self._streams:
            stream.outputs = outputs
        count = self._shell.execution_count
        result = self._loop.run_until_complete(self._run(source))
        return {"count": count, "is_ok": bool(result.success), "outputs": outputs.finished()}

    async def _run(self, source: str) -> Any:
        """Run a cell as ipykernel does: while asyncio's loop runs, so that it can make tasks, which outlive it."""
        fault = None
        try:
            cell = self._shell.transform_cell(source)
        except Exception:  # noqa: BLE001 - the shell shows it as the cell's
            cell, fault = source, sys.exc_info()
        result = await self._shell.run_cell_async(
            source, store_history=True, transformed_cell=cell, preprocessing_exc_tuple=fault
        )
        self._shell.events.trigger("post_execute")
        self._shell.events.trigger("post_run_cell", result)
        return result

    def _put_out_to(self, outputs: Outputs) -> None:
        self._shell.outputs = outputs


def _shell() -> Any:
    """IPython's one shell of this process, with a history in memory only."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    return _Shell.instance(config=config, ipython_dir=FOLDER)


class _Publisher(DisplayPublisher):
    """Passes on what `display` shows."""

    def publish(
        self, data: Any, metadata: Any = None, *_: Any, transient: Any = None, update: Any = False, **_more: Any
    ) -> None:
        """Add a display, or a new state of an earlier one."""
        kind = "update_display_data" if update else "display_data"
        name = (transient or {}).get("display_id")
        self.shell.outputs.rich(kind, data, metadata, display_id=None if name is None else str(name))

    def clear_output(self, wait: bool = False) -> None:
        """Take back the cell's outputs."""
        self.shell.outputs.clear(is_late=bool(wait))


class _Hook(DisplayHook):
    """Passes on the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """A notebook shows the number beside the result itself."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Add a result."""
        shell: Any = self.shell
        shell.outputs.rich("execute_result", format_dict, md_dict, count=self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing is left to be written."""


class _Shell(Manners, InteractiveShell):  # type: ignore[misc]  # programs return nothing here
    """IPython as notebooks know it, without files, a keyboard or other programs."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs: Outputs

    @property
    def kernel(self) -> NoReturn:
        """What cells may look for in vain.

        Raises:
            AttributeError: always, so that `hasattr` says that there is none.
        """
        raise AttributeError("no kernel is there to be spoken with here; `--kernel ipykernel` has one")

    def _showtraceback(self, kind: type[BaseException], value: BaseException, lines: list[str]) -> None:
        self.outputs.error(kind.__name__, str(value), list(lines))
