"""`autograder watch`: the checks, again at each save."""

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.workspace import Home

WATCHING = sentence("Watching {folders}: save a file, and what it touches is checked. {keys}")
NO_KEYS = sentence("There is no terminal to read keys from; Ctrl-C ends it.")
OVER = sentence("No longer watching.")


def watch() -> None:
    """Check again at each save, and explain the first difference, until you quit."""
    from autograder.cli.desk import workspace
    from autograder.cli.terminal import say
    from autograder.cli.watcher import Watcher
    from autograder.student.bench import Bench
    from autograder.student.events import Events
    from autograder.student.keys import listening
    from autograder.student.saves import saves

    root, home = workspace(Path.cwd())
    events = Events()
    folders = (home.package, "lessons", "checks")
    with (
        Bench(root, home.package, events.is_urgent) as bench,
        saves(root, folders, events.add),
        listening(events.add) as has_keys,
    ):
        say(_greeting(home, folders, has_keys=has_keys))
        try:
            Watcher(root, home, bench, events).run()
        except KeyboardInterrupt:
            say()
        say(translate(OVER, home.language))


def _greeting(home: "Home", folders: tuple[str, ...], *, has_keys: bool) -> str:
    from autograder.cli.watcher import KEYS

    keys = translate(KEYS if has_keys else NO_KEYS, home.language)
    return translate(WATCHING, home.language, {"folders": ", ".join(folders), "keys": keys})
