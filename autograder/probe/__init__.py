"""What runs beside student code: it loads a candidate, runs one check on it and writes down what the check sees.

Standard library only, and nothing of ours outside this folder, since its files are copied into the sandbox.
"""

from .loading import Candidate, Codes, File, compiled, load, load_folder, unload
from .observer import Observer
from .running import random_numbers, run

__all__ = [
    "Candidate",
    "Codes",
    "File",
    "Observer",
    "compiled",
    "load",
    "load_folder",
    "random_numbers",
    "run",
    "unload",
]
