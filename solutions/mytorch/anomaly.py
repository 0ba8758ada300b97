"""Anomaly mode: each node remembers where it was recorded, and a gradient that is not a number is an error.

Source: torch/autograd/anomaly_mode.py and torch/csrc/autograd/anomaly_mode.cpp, version 2.13.
"""

from __future__ import annotations

import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .dtypes import type_name

if TYPE_CHECKING:
    from .node import Node

HERE = Path(__file__).parent


class AnomalyMode:
    """Whether anomaly mode is on, for all threads, and whether it looks for NaN.

    Source: `AnomalyMode`, torch/csrc/autograd/anomaly_mode.h.
    """

    enabled = False
    check_nan = True


class set_detect_anomaly:
    """Switch anomaly mode on or off at once; as a `with` block, until its end.

    Source: torch/autograd/anomaly_mode.py.
    """

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        for place, (argument, value) in enumerate((("enabled", mode), ("check_nan", check_nan)), 1):
            if not isinstance(value, bool):
                raise TypeError(
                    f"set_anomaly_enabled(): argument '{argument}' (position {place}) must be bool, not "
                    f"{type_name(value)}"
                )
        self.before = (AnomalyMode.enabled, AnomalyMode.check_nan)
        AnomalyMode.enabled, AnomalyMode.check_nan = mode, check_nan

    def __enter__(self) -> None:
        """Nothing more to do: the mode was switched already."""

    def __exit__(self, *exception: object) -> None:
        AnomalyMode.enabled, AnomalyMode.check_nan = self.before


class detect_anomaly:
    """Anomaly mode for a `with` block, after a warning that it is slow. Source: torch/autograd/anomaly_mode.py."""

    def __init__(self, check_nan: bool = True) -> None:
        self.check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should only be enabled for "
            "debugging.",
            UserWarning,
            stacklevel=2,
        )

    def __enter__(self) -> None:
        self.mode = set_detect_anomaly(True, self.check_nan)

    def __exit__(self, *exception: object) -> None:
        self.mode.__exit__()


def where_recorded() -> dict[Any, Any]:
    """The metadata of a node that is recorded in anomaly mode: the lines of code that record it, without our own.

    Source: `AnomalyMetadata::store_stack`, torch/csrc/autograd/anomaly_mode.cpp.
    """
    stack = traceback.extract_stack()
    while stack and Path(stack[-1].filename).is_relative_to(HERE):
        stack.pop()
    return {"traceback_": stack.format()}


def warn_of_error(node: Node) -> None:
    """Show where `node`, which has just failed, was recorded.

    Source: `AnomalyMetadata::print_stack`, torch/csrc/autograd/anomaly_mode.cpp.
    """
    if "traceback_" in node.metadata:
        where = f"Traceback of forward call that caused the error:\n{''.join(node.metadata['traceback_'])}"
    else:
        where = "No forward pass information available. Enable detect anomaly during forward pass for more information."
    warnings.warn(f"Error detected in {node.name()}. {where}", UserWarning, stacklevel=2)


def check_results(node: Node, results: tuple[Any, ...]) -> None:
    """Refuse a gradient that is not a number.

    Raises: RuntimeError with the name of the node and the place of the gradient.
    Source: `call_function`, torch/csrc/autograd/engine.cpp.
    """
    if not AnomalyMode.check_nan:
        return
    for place, gradient in enumerate(results):
        if gradient is not None and bool(np.any(np.isnan(gradient.array))):
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {place}th output.")
