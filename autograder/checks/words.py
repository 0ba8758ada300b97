"""What a student's check says for itself, in the reader's language: its cause as one sentence, and what it printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.ids import Language
    from autograder.model.verdict import Cause

CUT = sentence("[cut after {bytes} bytes]")  # the last line that `probe/running.py` adds to what was printed
_CUT = re.compile(r"\n\[cut after (\d+) bytes\]\Z")


def words(cause: Cause, language: Language) -> str:
    """The sentence that says why a check did not pass."""
    return translate(cause.message, language, cause.values)


def printed(output: str, language: Language) -> str:
    """What was printed; where it was cut, the last line says so."""
    cut = _CUT.search(output)
    return output if cut is None else f"{output[: cut.start()]}\n{translate(CUT, language, {'bytes': cut[1]})}"
