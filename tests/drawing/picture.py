"""Reading an SVG back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


class Picture:
    """What a picture shows, by the classes of its elements."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)

    def all(self, name: str) -> list[ET.Element]:
        """The elements of a class."""
        return [element for element in self.root.iter() if name in element.get("class", "").split()]

    def texts(self) -> list[str]:
        """All that is written in the picture, without its title and description."""
        return ["".join(text.itertext()) for text in self.root.iter(f"{SVG}text")]

    def badges(self) -> set[tuple[str, str]]:
        """The badges: sign and words."""
        return {tuple(text.text for text in badge.iter(f"{SVG}text")) for badge in self.all("ag-badge")}

    @property
    def title(self) -> str:
        """What is read out first."""
        return self.root.find(f"{SVG}title").text

    @property
    def description(self) -> str:
        """What is read out next."""
        return self.root.find(f"{SVG}desc").text

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """The box shapes: left, top, right, bottom."""
        places = [[float(shape.get(key)) for key in ("x", "y", "width", "height")] for shape in self.all("ag-shape")]
        return [(x, y, x + width, y + height) for x, y, width, height in places]

    def tips(self) -> list[tuple[float, float]]:
        """Where the arrows end."""
        return [tuple(map(float, re.findall(r"M(\S+) (\S+?)l", tip.get("d"))[0])) for tip in self.all("ag-tip")]
