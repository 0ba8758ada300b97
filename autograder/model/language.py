"""The machine's own sentences in the languages there are; a course's texts have a catalogue of their own."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.model.ids import Language

DOMAIN = "autograder"
FOLDER = Path(__file__).parent.parent / "locale"


def sentence(english: str) -> str:
    """The sentence itself, marked for the catalogue: what is written in these brackets has a translation."""
    return english


def translate(english: str, language: Language, values: Mapping[str, str] | None = None) -> str:
    """A sentence in a language, its {placeholders} filled in; in English where there is no translation."""
    return translated(english, language).format_map(values or {})


def translated(english: str, language: Language) -> str:
    """A sentence in a language, its {placeholders} still open; in English where there is no translation."""
    return _catalogue(language).gettext(english)


@lru_cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)
