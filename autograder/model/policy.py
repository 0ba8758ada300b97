"""How points become a score, as `course.toml` says under `[policy]`. A score is never stored: it follows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from autograder.model.ids import UnitId
from autograder.model.record import Record


class Counted(StrEnum):
    """Which of a student's submissions counts."""

    LAST = "last"
    BEST = "best"  # after what lateness costs; of equals the last


class LateRule(Record, frozen=True):
    """What is taken off for lateness, in percent of the points that were earned.

    Days count from `due` where the platform says when a submission came; each that has begun costs `percent_per_day`,
    all together `at_most_percent`. Where it says only that it came late, it costs `percent`, once.
    """

    due: datetime | None = None  # aware
    grace_hours: float = 0.0
    percent_per_day: float = 0.0
    at_most_percent: float = 100.0
    percent: float = 0.0


class Policy(Record, frozen=True):
    """How points become a score."""

    counts: Counted = Counted.LAST
    drop_lowest: int = 0  # so many units, those with the smallest share of their points, don't count
    weights: dict[UnitId, float] = {}  # how often a unit's points count; once where it is not named
    late: LateRule = LateRule()
