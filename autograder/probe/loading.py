"""A candidate from its files in memory: the package under test, and the functions of its lessons."""

from __future__ import annotations

import importlib
import importlib.util
import linecache
import sys
from contextlib import suppress
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from typing import TYPE_CHECKING, Any

from .cells import cells, run_cells
from .failure import failure_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import CodeType, ModuleType

LESSONS = "lessons"
File = tuple[str, bytes]  # path and text
Codes = dict[File, "CodeType"]  # what files compile to


class Candidate:
    """A package with PyTorch's API, or the record of why it could not be imported.

    Attributes:
        module: what a check calls `torch`; None where importing failed.
        failure: the failure's record; None where importing went well.
        files: file names of the candidate's code, each with how people name it.
    """

    def __init__(
        self,
        module: Any = None,
        failure: dict[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.module = module
        self.failure = failure
        self.files = files or {}

    def only(self, paths: Mapping[str, str]) -> Candidate:
        """The same, with the frames of these files alone in the records of what a check raises, named as given."""
        files = {name: paths[path] for name, path in self.files.items() if path in paths}
        return Candidate(self.module, self.failure, files)


def load(files: Mapping[str, bytes], package: str, root: Path | None = None, codes: Codes | None = None) -> Candidate:
    """The candidate whose files are given as {"mytorch/node.py": b"..."}; it takes the place of the one loaded before.

    A package that none of the files belongs to is imported as usual. `root` is the folder that the files were read
    from, if any, so that tracebacks and debuggers find them. Files that are found in `codes` are not compiled again.
    Nothing that the candidate does at import is raised.
    """
    unload()
    finder = _Finder(files, (package, LESSONS), root, codes or {})
    finder.install()
    try:
        return Candidate(importlib.import_module(package), files=finder.shown)
    except BaseException as error:  # noqa: BLE001 - student code ran: whatever it raised is its answer
        return Candidate(failure=failure_record(error, finder.shown), files=finder.shown)


def compiled(files: Iterable[File]) -> Codes:
    """What files that many candidates share compile to.

    Those that are no Python are left to whoever imports them, and so are those that run cell by cell.
    """
    codes = {}
    for path, source in files:
        if len(cells(source)) == 1:
            with suppress(SyntaxError):
                codes[path, source] = _compiled(source, path)
    return codes


def load_folder(root: Path, package: str) -> Candidate:
    """The candidate in a folder that holds `package/` and perhaps `lessons/`."""
    found = [path for top in (package, LESSONS) for path in sorted((root / top).rglob("*.py"))]
    return load({path.relative_to(root).as_posix(): path.read_bytes() for path in found}, package, root)


def unload() -> None:
    """Forget the candidate loaded last, and give back the modules whose names it had taken."""
    for finder in [finder for finder in sys.meta_path if isinstance(finder, _Finder)]:
        finder.remove()


class _Finder(MetaPathFinder):
    """Finds modules of two top-level packages among files in memory."""

    def __init__(self, files: Mapping[str, bytes], tops: tuple[str, ...], root: Path | None, codes: Codes) -> None:
        self.codes = codes
        self.files = {path: code for path, code in files.items() if path.split("/")[0] in tops}
        self.tops = {path.split("/")[0] for path in self.files}
        self.names = {path: str(root / path) if root else path for path in self.files}
        self.shown = {name: path for path, name in self.names.items()}
        self.replaced: dict[str, ModuleType] = {}

    def install(self) -> None:
        """Answer before all other finders, and show the files' text in tracebacks."""
        if any(top in sys.modules for top in self.tops):  # looking at every module's name would cost 1 ms
            self.replaced = self._take_modules()
        sys.meta_path.insert(0, self)
        for path, name in self.names.items():
            linecache.cache[name] = (partial(self.files[path].decode, "utf-8", "replace"),)  # read when it is shown

    def remove(self) -> None:
        """Undo `install`."""
        sys.meta_path.remove(self)
        self._take_modules()
        sys.modules.update(self.replaced)
        for name in self.shown:
            linecache.cache.pop(name, None)

    def _take_modules(self) -> dict[str, ModuleType]:
        """Take away all modules of the packages; an import that failed has left some without the package itself."""
        ours = [name for name in sys.modules if name.split(".")[0] in self.tops]
        return {name: sys.modules.pop(name) for name in ours}

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """The module of that name, if one of the files holds it; a folder without `__init__.py` is a package too."""
        base = fullname.replace(".", "/")
        if (inside := f"{base}/__init__.py") in self.files:
            return self._spec(fullname, inside, is_package=True)
        if (plain := f"{base}.py") in self.files:
            return self._spec(fullname, plain, is_package=False)
        if any(path.startswith(f"{base}/") for path in self.files):
            return importlib.util.spec_from_loader(fullname, _Code(b"", base, None), is_package=True)
        return None

    def _spec(self, fullname: str, path: str, *, is_package: bool) -> ModuleSpec | None:
        source, name = self.files[path], self.names[path]
        loader = _Code(source, name, self.codes.get((name, source)))
        spec = importlib.util.spec_from_loader(fullname, loader, origin=self.names[path], is_package=is_package)
        if spec is not None:
            spec.has_location = True
            spec.cached = ""  # there is none, and Python would take its time to work out where it lay
        return spec


class _Code(Loader):
    """Runs one file's code in its module."""

    def __init__(self, source: bytes, name: str, code: CodeType | None) -> None:
        self.source = source
        self.name = name
        self.code = code

    def exec_module(self, module: ModuleType) -> None:
        """Compile here, at import, so that a syntax error is one of the import."""
        if self.code is None and len(cells(self.source)) > 1:
            run_cells(self.source, partial(_compiled, name=self.name), vars(module))
        else:
            exec(self.code or _compiled(self.source, self.name), vars(module))  # noqa: S102 - the candidate


def _compiled(source: bytes, name: str) -> CodeType:
    """The code of a file.

    Raises:
        SyntaxError: it is no Python; names the file also where Python itself does not, of bytes that are no text.
    """
    try:
        return compile(source.decode("utf-8-sig"), name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        if getattr(error, "filename", None) is not None:
            raise
        line = source.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise SyntaxError(f"{error}; is it saved as UTF-8?", (name, line, None, None)) from error
