"""What `autograder watch` does at each save and key."""

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.desk import tell_faults
from autograder.cli.hint import tell_ladder
from autograder.cli.telling import line, picture_lines, tell_bad_files, tell_progress, tell_rest
from autograder.cli.terminal import say
from autograder.model.errors import AutograderError
from autograder.model.language import sentence, translate
from autograder.model.workspace import Home
from autograder.student.bench import Bench
from autograder.student.choosing import chosen_exercise
from autograder.student.events import QUIT, Events
from autograder.student.hints import climb
from autograder.student.reading import place
from autograder.student.resetting import reset
from autograder.student.rounds import Round
from autograder.student.watching import Watched

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = sentence("Keys: h hint, l list, c check all, r reset, d draw the difference, q quit.")
SAVED = sentence("--- saved: {files}")
ALL = sentence("--- everything")
ELSEWHERE = sentence("Elsewhere, this changed:")
NOTHING_LEFT = sentence("Everything passes.")
NO_PICTURE = sentence("In what is told last, no two graphs differ; there is nothing to draw.")
SURE = sentence("Reset {file}? Yours is kept beside it. Press r again to do it, any other key to leave it.")
WAS_RESET = sentence("{file} is as you got it again; yours is kept as {kept}.")
IS_SAME = sentence("{file} is as you got it; nothing was done.")
LEFT = sentence("{file} was left as it is.")


class Watcher:
    """Turns events into what is told."""

    def __init__(self, root: Path, home: Home, bench: Bench, events: Events) -> None:
        self._root = root
        self._home = home
        self._events = events
        self._watched = Watched(home, bench)
        self._to_reset: str | None = None  # asked for once
        self._actions: dict[str, Callable[[], None]] = {
            "h": self._hint,
            "l": self._list,
            "c": self._check_all,
            "r": self._ask_reset,
            "d": self._difference,
        }

    def run(self) -> None:
        """Check everything, then follow the events until one says quit.

        Raises:
            UsageError: the workspace can't be opened any more.
        """
        self._check_all()
        while (event := self._events.next()) != QUIT:
            if isinstance(event, frozenset):
                self._saved(event)
            else:
                self._key(event)

    def _say(self, english: str, **values: str) -> None:
        say(translate(english, self._home.language, values))

    def _saved(self, paths: frozenset[str]) -> None:
        say()
        self._say(SAVED, files=", ".join(sorted(paths)))
        self._tell(self._watched.saved(paths))

    def _check_all(self) -> None:
        self._say(ALL)
        self._tell(self._watched.everything())

    def _tell(self, done: Round | None) -> None:
        if done is None:
            return  # another save came in between, and is told next
        tell_faults(self._root, self._home)
        tell_bad_files(self._home, self._watched.bad_files)
        if not done.is_blind:
            tell_progress(self._home, done)
        tell_rest(self._root, self._home, done)
        changed = self._watched.elsewhere()
        if changed:
            say()
            self._say(ELSEWHERE)
        for progress in changed:
            say(line(self._home, progress), progress.standing)

    def _key(self, key: str) -> None:
        """Do what a key stands for; what can't be done is told, and watching goes on."""
        try:
            if self._to_reset is not None:
                self._reset_or_leave(key)
            elif key in self._actions:
                self._actions[key]()
            else:
                self._say(KEYS)
        except AutograderError as error:
            say(str(error))

    def _hint(self) -> None:
        current = self._watched.current()
        if current is None:
            self._say(NOTHING_LEFT)
        else:
            tell_ladder(self._home, climb(self._root, chosen_exercise(self._home, current)))

    def _list(self) -> None:
        found = self._watched.progress()
        tell_progress(self._home, Round(wanted=tuple(progress.exercise for progress in found), found=found))

    def _ask_reset(self) -> None:
        current = self._watched.current()
        if current is None:
            self._say(NOTHING_LEFT)
            return
        where = place(self._root, self._home, chosen_exercise(self._home, current))
        self._to_reset = where.partition(":")[0]
        self._say(SURE, file=self._to_reset)

    def _reset_or_leave(self, key: str) -> None:
        file, self._to_reset = self._to_reset or "", None
        if key != "r":
            self._say(LEFT, file=file)
            return
        restored = reset(self._root, self._root, file)
        self._say(IS_SAME if restored.is_same else WAS_RESET, file=file, kept=restored.kept or "")

    def _difference(self) -> None:
        lines = list(picture_lines(self._root, self._home, self._watched.last, most=100))
        for told in lines:
            say(told)
        if not lines:
            self._say(NO_PICTURE)
