"""How quick the class's page is in a browser: `python -m tests.benchmarks.site [STUDENTS ...]`, 2000 and 20000 without.

Milliseconds until the page is complete, and until the next frame after a click or a key. An empty page is the control:
what it takes is the browser's and the machine's own.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from autograder.report import class_page
from tests.report import browser
from tests.report.samples import CLASS, roll_of, site

LOADED = "performance.getEntriesByType('navigation')[0].domComplete"
FRAME = """(async () => {{ const start = performance.now(); {act};
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start; }})()"""
SORT = "document.querySelectorAll('#table thead th button')[{column}].click()"
TYPE = "words.value = '{text}'; words.dispatchEvent(new Event('input'))"


class Quickness(NamedTuple):
    """Milliseconds, but for the first two."""

    render_s: float
    megabytes: float
    opened: float
    sorted: float  # the slowest of three columns
    filtered: float  # the slowest of a name, no name, all names


def page_of(students: int) -> str:
    """The page of a class in which every fifth student is right."""
    names = [f"student{number:06}" for number in range(students)]
    graded = [(replace(CLASS[place % 5][0], student=name), CLASS[place % 5][1]) for place, name in enumerate(names)]
    return class_page(roll_of(graded), site(students=names))


def quickness(students: int, folder: Path) -> Quickness:
    """What a class of so many students takes."""
    start = time.perf_counter()
    html = page_of(students)
    render_s = time.perf_counter() - start
    file = folder / f"{students}.html"
    file.write_text(html, encoding="utf-8")
    sorts = [SORT.format(column=column) for column in (1, 1, 0)]
    filters = [TYPE.format(text=text) for text in ("student000199", "nobody", "")]
    with browser.tab(folder / f"profile-{students}") as tab:
        tab.open(file.as_uri())
        opened = float(str(tab.evaluate(LOADED)))
        slowest = [
            max(float(str(tab.evaluate(FRAME.format(act=act)))) for act in acts) for acts in (["0"], sorts, filters)
        ]
    return Quickness(render_s, len(html.encode()) / 1e6, opened, slowest[1], slowest[2])


def main(arguments: list[str]) -> None:
    """Print a line for each class."""
    print(f"{'students':>9} {'made, s':>8} {'MB':>6} {'opened, ms':>11} {'sorted, ms':>11} {'filtered, ms':>13}")
    with tempfile.TemporaryDirectory() as folder:
        for students in [0, *(map(int, arguments) if arguments else (2000, 20000))]:
            if students:
                print(_line(students, quickness(students, Path(folder))))
            else:
                print(f"{'control':>9} {'':>8} {'':>6} {_control(Path(folder)):>11.0f}")


def _control(folder: Path) -> float:
    file = folder / "empty.html"
    file.write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    with browser.tab(folder / "profile") as tab:
        tab.open(file.as_uri())
        return float(str(tab.evaluate(LOADED)))


def _line(students: int, it: Quickness) -> str:
    return (
        f"{students:>9} {it.render_s:>8.2f} {it.megabytes:>6.2f} {it.opened:>11.0f} {it.sorted:>11.0f}"
        f" {it.filtered:>13.0f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
