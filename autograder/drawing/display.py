"""A picture or a film as notebooks, terminals and screen readers take it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Drawing:
    """A picture of a graph; its text is what a terminal prints and what a notebook keeps beside the picture.

    Attributes:
        svg: one `<svg>` element that stands alone or in a page.
        sentences: the same in words.
    """

    svg: str
    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Film:
    """A backward pass frame by frame.

    Attributes:
        html: an element with its own styles and script, to be set into a page or a notebook's output.
        page: a whole HTML page with it; it needs nothing from anywhere.
        sentences: the same in words.
    """

    html: str
    page: str
    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return self.html
