"""Your package as its files are now: a notebook that runs on after you have edited a module.

Given to students as it is.
"""

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

if sys.version_info < (3, 11) or find_spec("numpy") is None:  # before any of the package says so less clearly
    raise ImportError(
        f"This notebook runs on {sys.executable}, which is not the Python of this course: choose .venv as its kernel; "
        "if there is none, run `python3 start.py` in the workspace's folder first"
    )


def fresh(name: str) -> ModuleType:
    """The package of this name, imported anew with all of its modules.

    All of it at once, so that old and new classes never meet inside the package; tensors that were made before belong
    to the old one, so run the cells that made them again. If a module can't be imported, says why, and gives the
    package as it was before.
    """
    before = {each: sys.modules.pop(each) for each in list(sys.modules) if each.split(".")[0] == name}
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    except Exception as error:
        if name not in before:
            raise
        for each in [each for each in sys.modules if each.split(".")[0] == name]:
            del sys.modules[each]
        sys.modules.update(before)
        sys.stdout.write(f"{name} is as it was before your last change, which stopped with {_said(error)}\n")
        return before[name]


def _said(error: Exception) -> str:
    """An error in one line, with its place where it is about how a file is written."""
    place = f" ({error.filename}:{error.lineno})" if isinstance(error, SyntaxError) else ""
    return f"{type(error).__name__}: {getattr(error, 'msg', error)}{place}"
