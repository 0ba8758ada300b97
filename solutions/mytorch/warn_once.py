"""Warnings that are given once in a process.

Source: `TORCH_WARN_ONCE`, c10/util/Exception.h, version 2.13.
"""

import functools
import warnings


@functools.cache
def warn_once(text: str) -> None:
    """Warn the caller of the function that calls this, unless this text was said before.

    Source: `TORCH_WARN_ONCE`, c10/util/Exception.h.
    """
    warnings.warn(text, UserWarning, stacklevel=3)
