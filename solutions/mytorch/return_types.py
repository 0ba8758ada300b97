"""What operations with several results return: tuples whose parts have names.

Source: torch/return_types.py and tools/autograd/templates/python_return_types.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class ValuesAndIndices(NamedTuple):
    """The extremes along a dimension, and where they stand.

    Source: tools/autograd/templates/python_return_types.cpp.
    """

    values: Any
    indices: Any

    def __repr__(self) -> str:
        return f"torch.return_types.{type(self).__name__}(\nvalues={self.values!r},\nindices={self.indices!r})"


class max(ValuesAndIndices):  # noqa: A001  # PyTorch's name
    """What `max(dim)` returns. Source: tools/autograd/templates/python_return_types.cpp."""

    __slots__ = ()


class min(ValuesAndIndices):  # noqa: A001  # likewise
    """What `min(dim)` returns. Source: tools/autograd/templates/python_return_types.cpp."""

    __slots__ = ()
