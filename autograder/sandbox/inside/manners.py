"""What no cell can do here, whatever executes it: ask somebody, start a program, leave."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

FOLDER = "/"  # where IPython would keep its files; it exists, and nothing is written


class Manners:
    """What a class derived from IPython's shell puts before it."""

    profile_dir: Any

    def init_profile_dir(self, *_: object) -> None:
        """There is no profile: nothing may be written."""
        self.profile_dir = None

    def ask_exit(self) -> None:
        """What `exit()` and `quit()` do."""
        print("exit() has no effect here: the notebook goes on.", file=sys.stderr)  # noqa: T201 - a cell's output

    def enable_gui(self, *_: object) -> None:
        """There is no window to be shown; `%matplotlib inline` asks for none."""

    def system(self, cmd: Any) -> NoReturn:
        """What `!command` does.

        Raises:
            PermissionError: always.
        """
        raise PermissionError(f"no other programs can be started here: {str(cmd)[:200]!r}")

    system_piped = system_raw = getoutput = system


def refuse_input(*_: object, **_more: object) -> NoReturn:
    """What `input()` does.

    Raises:
        EOFError: always.
    """
    raise EOFError("input() can't be used here: nobody is there to answer")
