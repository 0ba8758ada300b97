"""The files of a workspace that are saved while something else runs."""

from __future__ import annotations

import contextlib
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

from autograder.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STEP_MS = 20  # a save is over when nothing more happens for so long
MOST_MS = 200  # or after this


@contextmanager
def saves(root: Path, folders: tuple[str, ...], tell: Callable[[frozenset[str]], None]) -> Iterator[None]:
    """Call `tell` with the paths of each save in these folders, from a thread of its own, until the block ends.

    Only Python files and notebooks count; what tools leave behind does not.

    Raises:
        UsageError: there is none of these folders.
    """
    watched = [root / folder for folder in folders if (root / folder).is_dir()]
    if not watched:
        raise UsageError(f"{root} has none of the folders {', '.join(folders)}, so there is nothing to watch")
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(root, watched, over, tell), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(root: Path, watched: list[Path], over: threading.Event, tell: Callable[[frozenset[str]], None]) -> None:
    """Tell of each save; by looking again and again where the system has no more watches to give."""
    for must_poll in (None, True):
        changes = watchfiles.watch(
            *watched, watch_filter=None, debounce=MOST_MS, step=STEP_MS, stop_event=over, force_polling=must_poll
        )
        with contextlib.suppress(OSError):
            for paths in changes:
                inside = {Path(path).relative_to(root) for _, path in paths}
                saved = frozenset(path.as_posix() for path in inside if _counts(path))
                if saved:
                    tell(saved)
            return


def _counts(path: Path) -> bool:
    is_hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    return path.suffix in (".py", ".ipynb") and not is_hidden
