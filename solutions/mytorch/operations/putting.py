"""Putting values at indexed places: `x[key] = values` for a key with lists of indices or a mask.

Source: `_index_put_impl_`, aten/src/ATen/native/TensorAdvancedIndexing.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

from ..dtypes import dtype_of
from ..layout import check_overlap, overlaps_partly, shares_memory
from ..size import is_expandable
from .indexing import IndexBackward0
from .keeping import Keeping
from .keys import FULL, check_places
from .operation import zeros_like
from .promotion import BOOL


class IndexPutBackward0(Keeping):
    """`self` with `values` in the place of what was at indexed places. Source: `index_put`, derivatives.yaml."""

    keeps = ("indices", "accumulate")
    gradients = (
        lambda grad, *key: IndexPutBackward0.run(grad, zeros_like(grad, ()), constants=key),
        lambda grad, key, _: IndexBackward0.run(grad, constants=(tuple(grad.shape), key)),
    )

    @staticmethod
    def forward(x: Any, values: Any, key: tuple[Any, ...], accumulate: bool) -> Any:
        places = [place for place in key if place is not FULL]
        fills = values.size == 1 and [place.dtype for place in places] == [BOOL]  # one number under one mask
        for each in places if fills else [values, *places]:
            check_overlap(x, each, overlaps_partly if fills else shares_memory)
        check_places(x.shape, key)
        _check_values(values, x[key], fills)
        result = x.copy()
        result[key] = values
        return result


def _check_values(values: Any, replaced: Any, fills: bool) -> None:
    """Refuse values that can't take the place of those `replaced`; one that fills them may have another dtype.

    Raises: RuntimeError with PyTorch's text.
    Source: `make_info` and `make_index_put_iterator`, aten/src/ATen/native/TensorAdvancedIndexing.cpp.
    """
    if not is_expandable(values.shape, replaced.shape):
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {list(values.shape)} cannot be broadcast to indexing result of "
            f"shape {list(replaced.shape)}"
        )
    if values.dtype != replaced.dtype and not fills:
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{dtype_of(replaced.dtype).scalar_type} for the destination and {dtype_of(values.dtype).scalar_type} for "
            "the source."
        )
