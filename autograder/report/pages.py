"""What all pages share: the templates with their filters, the symbols and words of outcomes."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from autograder.drawing.templating import templates_of
from autograder.model.ids import Language
from autograder.model.language import sentence, translate
from autograder.model.verdict import Outcome
from autograder.report.points import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from autograder.model.ids import CheckId

MOST_OPEN = 8  # failures of a unit that lie open; more are told in a line each, until one asks

OUTCOMES = {
    Outcome.PASSED: ("✓", sentence("passed")),
    Outcome.FAILED: ("✗", sentence("failed")),
    Outcome.ERRORED: ("!", sentence("raised an error")),
    Outcome.TIMED_OUT: ("◔", sentence("took too long")),
    Outcome.OUT_OF_MEMORY: ("▦", sentence("out of memory")),
    Outcome.TOO_MANY_PROCESSES: ("⑂", sentence("too many processes")),
    Outcome.TOO_MANY_OPEN_FILES: ("▤", sentence("too many open files")),
    Outcome.FILE_TOO_LARGE: ("▥", sentence("file too large")),
    Outcome.DISK_FULL: ("▧", sentence("disk full")),
    Outcome.CRASHED: ("↯", sentence("crashed")),
    Outcome.NOT_RUN: ("○", sentence("not run")),
    Outcome.UNGRADED: ("?", sentence("not graded yet")),
}


def page(template: str, language: str, **view: Any) -> str:
    """The text of a page. Everything in `view` is escaped, but what is markup by its type."""

    def say(english: str, **values: object) -> str:
        return translate(english, Language(language), {name: str(value) for name, value in values.items()})

    @cache
    def badge(outcome: Outcome) -> Mapping[str, str]:
        symbol, word = OUTCOMES[outcome]
        return {"symbol": symbol, "word": say(word), "kind": outcome.name.lower().replace("_", "-")}

    text = _environment().get_template(template).render(language=language, say=say, badge=badge, **view)
    return text.strip() + "\n"


def parameters(check: CheckId) -> str:
    """Which of its sets of parameters a check runs with, as its id says; empty where it has none."""
    return check.partition("[")[2].removesuffix("]")


def percent(score: float, max_score: float) -> int:
    """A score in hundredths of what could be had, rounded down; 100 means all, and nothing of nothing is all."""
    return 100 if score >= max_score else max(0, int(100 * score / max_score))


@lru_cache(maxsize=10_000)
def prose(text: str) -> Markup:
    """Text as it stands in docstrings and hints: what is between backticks is code, all of it is escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # a backtick without a partner is only a sign
        return escape(text)
    wrap = Markup("<code>{}</code>").format
    return Markup("").join(wrap(part) if place % 2 else part for place, part in enumerate(parts))


@cache
def _environment() -> Environment:
    """The room's templates, autoescaped."""
    environment = templates_of("autograder.report")
    environment.filters |= {"number": number, "digest": _digest, "prose": prose, "closed_up": _closed_up}
    environment.globals |= {"percent": percent, "parameters": parameters, "most_open": MOST_OPEN}
    return environment


def _closed_up(source: str) -> str:
    """A check's source as it is read: what was left out, so that its lines keep their numbers, leaves no gap."""
    return re.sub(r"\n{3,}", "\n\n\n", source).strip("\n")


def _digest(text: str) -> str:
    """A script's name in a content security policy, which lets no other script run."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
