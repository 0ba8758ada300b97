"""Whether what a student wrote is Python at all. It is parsed here, never run."""

import ast
import warnings
from functools import lru_cache

CODE_KIB = 256  # of a module or an exercise's answer: Python takes a thousand times as much memory to read it


@lru_cache(maxsize=512)  # much of a class's work is the same: stubs of units that nobody has come to
def python_fault(code: bytes) -> str | None:
    """Why some bytes are no Python, in a few words that name the line; None if they are Python."""
    try:
        text = code.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = code.count(b"\n", 0, error.start) + 1
        return f"line {line}: not UTF-8 text, save it as UTF-8"
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(text, "<submitted>")
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}" if error.lineno else error.msg
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return str(error) or type(error).__name__
    return None
