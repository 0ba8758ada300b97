"""What a save leads to: what the student works on is told at once, and nothing that was told is told again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.student.bench import Bench
from autograder.student.watching import Watched
from tests.student.conftest import POWERS, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.model.workspace import Home

OF_SUMS = ("sums.twice", "sums.Box.size")


class Desk:
    """A workspace that is watched; something urgent comes in whenever `is_busy` says so."""

    def __init__(self, root: Path, home: Home) -> None:
        self.root = root
        self.is_busy = False
        self.bench = Bench(root, home.package, lambda: self.is_busy)
        self.watched = Watched(home, self.bench)

    def save(self, path: str, text: str, *, then_busy: bool = False) -> tuple[str, ...] | None:
        """The exercises that are told of after a save; None where a newer one comes in before that."""
        (self.root / path).write_text(text, encoding="utf-8")
        self.is_busy = then_busy
        told = self.watched.saved(frozenset([path]))
        return told.wanted if told else None

    def elsewhere(self, *, then_busy: bool = False) -> list[str]:
        """The exercises elsewhere whose standing has changed."""
        self.is_busy = then_busy
        return [progress.exercise for progress in self.watched.elsewhere()]


@pytest.fixture
def desk(root: Path, home: Home) -> Iterator[Desk]:
    """A watched workspace in which everything was checked once, and passed."""
    opened = Desk(root, home)
    with opened.bench:
        assert opened.watched.everything()
        yield opened


def test_what_was_told_is_not_told_again_while_its_effects_elsewhere_are_still_to_be_checked(desk: Desk) -> None:
    """They are checked after the save that came in between, which is told as fast as any."""
    assert desk.save("tiny/sums.py", SUMS.replace("n + n", "n")) == OF_SUMS
    assert desk.elsewhere(then_busy=True) == []
    assert desk.save("tiny/powers.py", POWERS + "# saved\n") == ("powers.fourfold",)
    assert desk.save("tiny/powers.py", POWERS) == ("powers.fourfold",)
    assert desk.elsewhere() == []
    assert desk.save("tiny/sums.py", SUMS) == OF_SUMS
    assert desk.elsewhere() == ["powers.fourfold"]


def test_what_was_not_told_is_told_with_the_next_save(desk: Desk) -> None:
    """Two files that are saved at once come one after the other."""
    assert desk.save("tiny/sums.py", SUMS + "# saved\n", then_busy=True) is None
    assert desk.save("tiny/powers.py", POWERS + "# saved\n") == (*OF_SUMS, "powers.fourfold")
    assert desk.save("tiny/powers.py", POWERS) == ("powers.fourfold",)


def test_while_nothing_can_be_imported_nothing_is_forgotten(desk: Desk) -> None:
    """What was saved meanwhile is told once Python survives the import again."""
    desk.save("tiny/sums.py", "import os\nos._exit(1)\n")
    desk.save("tiny/powers.py", POWERS + "# saved\n")
    assert desk.save("tiny/sums.py", SUMS) == (*OF_SUMS, "powers.fourfold")
