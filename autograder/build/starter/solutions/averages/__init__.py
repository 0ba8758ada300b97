"""Averages of a series of numbers."""

from .moving import moving_average

__all__ = ["moving_average"]
