"""An IPython shell without a kernel: it executes cells where it is, and hands back what they put out.

Made in the warm parent, since making it costs more than a whole notebook.
"""

from __future__ import annotations

import builtins
import sys
from typing import Any, NoReturn

import IPython.core.logger  # noqa: F401 - else each child imports it at its first cell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .outputs import Outputs, Stream, capture_descriptors

FOLDER = "/"  # where IPython would keep its files; it exists, and nothing is written


class CellShell:
    """Executes cells one after the other."""

    def __init__(self) -> None:
        self._shell = _shell()
        self._shell.outputs = Outputs(0)
        self._shell.run_cell("1 / 0", silent=True)  # what tracebacks need is imported once, here
        self._streams = {name: Stream(name) for name in ("stdout", "stderr")}

    def prepare(self) -> None:
        """Take over the streams of this process, once it is a child and before it is shut in."""
        capture_descriptors()
        sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
        builtins.input = _refuse_input

    def execute(self, source: str, output_bytes: int) -> dict[str, Any]:
        """What one cell put out, and its number."""
        outputs = Outputs(output_bytes)
        self._shell.outputs = outputs
        for stream in self._streams.values():
            stream.outputs = outputs
        count = self._shell.execution_count
        result = self._shell.run_cell(source, store_history=True)
        return {"count": count, "is_ok": bool(result.success), "outputs": outputs.finished()}


def _shell() -> Any:
    """IPython's one shell of this process, with a history in memory only."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    return _Shell.instance(config=config, ipython_dir=FOLDER)


class _Publisher(DisplayPublisher):
    """Passes on what `display` shows."""

    def publish(self, data: Any, *_: Any, transient: Any = None, update: Any = False, **_more: Any) -> None:
        """Add a display, or a new state of an earlier one."""
        kind = "update_display_data" if update else "display_data"
        name = (transient or {}).get("display_id")
        self.shell.outputs.rich(kind, data, display_id=None if name is None else str(name))

    def clear_output(self, wait: bool = False) -> None:
        """Take back the cell's outputs."""
        self.shell.outputs.clear(is_late=bool(wait))


class _Hook(DisplayHook):
    """Passes on the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """A notebook shows the number beside the result itself."""

    def write_format_data(self, format_dict: dict[str, Any], *_: Any) -> None:
        """Add a result."""
        shell: Any = self.shell
        shell.outputs.rich("execute_result", format_dict, count=self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing is left to be written."""


class _Shell(InteractiveShell):
    """IPython as notebooks know it, without files, a keyboard or other programs."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs: Outputs

    def init_profile_dir(self, *_: object) -> None:
        """There is no profile: nothing may be written."""
        self.profile_dir = None

    def _showtraceback(self, kind: type[BaseException], value: BaseException, lines: list[str]) -> None:
        self.outputs.error(kind.__name__, str(value), list(lines))

    def ask_exit(self) -> None:
        """What `exit()` and `quit()` do."""
        self.outputs.print("stderr", "exit() has no effect here: the notebook goes on.\n")

    def enable_gui(self, *_: object) -> None:
        """There is no window to be shown; `%matplotlib inline` asks for none."""

    def system(self, cmd: Any) -> NoReturn:
        """What `!command` does.

        Raises:
            PermissionError: always.
        """
        raise PermissionError(f"no other programs can be started here: {str(cmd)[:200]!r}")

    system_piped = system_raw = getoutput = system  # type: ignore[assignment]


def _refuse_input(*_: object) -> NoReturn:
    """What `input()` does.

    Raises:
        EOFError: always.
    """
    raise EOFError("input() can't be used here: nobody is there to answer")
