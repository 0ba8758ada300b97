"""The rule about links: what a lesson or a page of the workspace points at is there."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from autograder.grading.lint.fault import fault
from autograder.grading.lint.origins import origin
from autograder.grading.lint.sources import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.fault import Fault
    from autograder.model.course import Course

_PATH = re.compile(r"\w+/[\w/]+\.\w+")  # of a file, from the workspace's folder
_READ = (".md", ".ipynb")
_POINTS = {"link_open": "href", "image": "src"}
_ABROAD = ("https", "mailto")  # not looked up: whether another's page is there is not the course's fault


def links(draft: Draft) -> Iterator[Fault]:
    """Links in lessons and pages lead to a file of the workspace, to a heading, or by https elsewhere; so do paths."""
    for edition in draft.editions():
        files = draft.files(edition)
        pages = {path: _page(path, data) for path, data in files.items() if path.endswith(_READ)}
        for path, page in pages.items():
            for target in page.targets:
                if missing := _missing(path, target, files, pages):
                    yield _fault(draft.course, path, missing, f'"{target}" ({edition.language})')
            for target in page.paths:
                if target not in files and target.startswith((f"{draft.course.package}/", "lessons/", "checks/")):
                    yield _fault(draft.course, path, "a file of the workspace", f"`{target}` ({edition.language})")


class _Page:
    """What a text in Markdown points at, and where it can be pointed at."""

    def __init__(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        flat = [inner for token in tokens for inner in (token, *(token.children or ()))]
        self.targets = [target for token in flat for target in _targets(token)]
        self.paths = [token.content for token in flat if token.type == "code_inline" and _PATH.fullmatch(token.content)]
        headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
        self.anchors = {form for heading in headings for form in _anchors(heading)}


def _page(path: str, data: bytes) -> _Page:
    if not path.endswith(".ipynb"):
        return _Page(data.decode("utf-8", "replace"))
    return _Page("\n\n".join(source for _, kind, source in cells(data) if kind == "markdown"))


def _targets(token: Token) -> Iterator[str]:
    if token.type in _POINTS:
        yield str(token.attrs[_POINTS[token.type]])
    if token.type in ("html_inline", "html_block"):
        html = _Html()
        html.feed(token.content)
        yield from html.targets


class _Html(HTMLParser):
    """What the elements of a piece of HTML point at."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep each address."""
        del tag
        self.targets += [value for name, value in attrs if name in _POINTS.values() and value]


def _anchors(heading: str) -> Iterator[str]:
    """A heading's anchors: Jupyter keeps its letters and joins words by "-", others make them small besides."""
    joined = re.sub(r"\s+", "-", heading.strip())
    yield joined
    yield re.sub(r"[^\w-]", "", joined.lower())


def _missing(path: str, target: str, files: Mapping[str, bytes], pages: Mapping[str, _Page]) -> str:
    """What a target should have been, where it leads nowhere; else nothing."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in _ABROAD else "an address that begins with https"
    place = posixpath.normpath(PurePosixPath(path).parent / unquote(parts.path)) if parts.path else path
    is_folder = any(file.startswith(f"{place}/") for file in files)
    if place not in files and not is_folder:
        return "a file of the workspace"
    if parts.fragment and place in pages and unquote(parts.fragment) not in pages[place].anchors:
        return "a heading"
    return ""


def _fault(course: Course, path: str, expected: str, found: str) -> Fault:
    return fault(course, origin(course, path), expected, found, "correct it, or put what it names into workspace/")
