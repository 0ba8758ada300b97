"""The mark that makes a test function a check; the one name of ours that a check file imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

NAME = "exercise"
DESCRIPTION = 'exercise(id, *, points=None, truth="torch"): this check is about that exercise'


def exercise(exercise_id: str, *, points: float | None = None, truth: str = "torch") -> pytest.MarkDecorator:
    """Say which exercise a check is about.

    `points` stands in hidden checks only. `truth` is "torch" where real PyTorch does the same, "reference" where
    PyTorch doesn't expose what is looked at.
    """
    from pytest import mark  # noqa: PLC0415, PT013 - only a process that collects checks pays for it

    return mark.exercise(exercise_id, points=points, truth=truth)
