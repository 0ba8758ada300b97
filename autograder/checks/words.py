"""A cause as one sentence in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.language import translate

if TYPE_CHECKING:
    from autograder.model.ids import Language
    from autograder.model.verdict import Cause


def words(cause: Cause, language: Language) -> str:
    """The sentence that says why a check did not pass."""
    return translate(cause.message, language, cause.values)
