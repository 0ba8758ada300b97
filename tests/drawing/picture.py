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

    def lines(self) -> list[list[tuple[float, float]]]:
        """Every point that the path of a wire names, wire by wire."""
        return [_points(path.get("d")) for path in self.all("ag-path")]

    def reach(self) -> tuple[float, float]:
        """How far to the left and to the right anything is drawn, in shares of the picture's width."""
        shift = _moved(next(self.root.iter(f"{SVG}g")))
        edges = [x for line in self.lines() for x, _ in line] + [x for box in self.boxes() for x in (box[0], box[2])]
        for badge in self.all("ag-badge"):
            edges += [_moved(badge), _moved(badge) + float(badge.find(f"{SVG}rect").get("width"))]
        width = float(self.root.get("width"))
        return (min(edges, default=0.0) + shift) / width, (max(edges, default=0.0) + shift) / width


def _moved(group: ET.Element) -> float:
    """How far to the right a group is moved."""
    return float(re.match(r"translate\((\S+) ", group.get("transform"))[1])


def _points(path: str) -> list[tuple[float, float]]:
    """The points of a path of moves, curves and verticals."""
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MCV])([^MCV]*)", path):
        values = [float(number) for number in numbers.split()]
        if command == "V":
            points.append((points[-1][0], values[0]))
        else:
            points += zip(values[::2], values[1::2], strict=True)
    return points
