"""Anomaly mode: each node remembers where it was recorded, and a gradient that is not a number is an error.

Source: torch/autograd/anomaly_mode.py and torch/csrc/autograd/anomaly_mode.cpp, version 2.13.
"""

from __future__ import annotations

import traceback
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .node import Node


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
    """The metadata of a node that is recorded in anomaly mode: the lines of code that record it.

    Source: `AnomalyMetadata::store_stack`, torch/csrc/autograd/anomaly_mode.cpp.
    """
    return {"traceback_": traceback.format_stack()}


def check_results(node: Node, results: tuple[Any, ...]) -> None:
    """Refuse a gradient that is not a number, after a warning that shows where `node` was recorded.

    Raises: RuntimeError with the name of the node and the place of the gradient.
    Source: `call_function`, torch/csrc/autograd/engine.cpp.
    """
    if not AnomalyMode.check_nan:
        return
    for place, gradient in enumerate(results):
        if gradient is not None and bool(np.any(np.isnan(gradient.array))):
            recorded = "".join(node.metadata.get("traceback_", ())) or "No forward pass information available.\n"
            warnings.warn(
                f"Error detected in {node.name()}. Traceback of forward call that caused the error:\n{recorded}",
                UserWarning,
                stacklevel=2,
            )
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {place}th output.")
