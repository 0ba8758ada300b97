"""A curve of numbers, drawn without any plotting library: as SVG in a notebook, as text elsewhere.

Given to students as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
WIDTH, HEIGHT, MARGIN = 480, 160, 24  # pixels


class Curve:
    """Numbers, to be shown one after the other from left to right; the label says what they are."""

    def __init__(self, numbers: Sequence[float], label: str = "loss") -> None:
        self.numbers = [float(number) for number in numbers]
        self.label = label

    def _heights(self) -> list[float]:
        """For each number its height, from 0 for the smallest to 1 for the biggest."""
        low, high = min(self.numbers, default=0.0), max(self.numbers, default=1.0)
        return [(number - low) / ((high - low) or 1.0) for number in self.numbers]

    def __repr__(self) -> str:
        """One line of bars, at most 60 of them."""
        every = max(1, -(-len(self.numbers) // 60))
        bars = "".join(BARS[round(height * (len(BARS) - 1))] for height in self._heights()[::every])
        return f"{self.label} {self._ends()} {bars}"

    def _ends(self) -> str:
        return f"{self.numbers[0]:.4g} … {self.numbers[-1]:.4g}" if self.numbers else "…"

    def _repr_svg_(self) -> str:
        """The curve as an SVG image, which notebooks show by themselves."""
        across = (WIDTH - 2 * MARGIN) / max(1, len(self.numbers) - 1)
        points = " ".join(
            f"{MARGIN + place * across:.1f},{HEIGHT - MARGIN - height * (HEIGHT - 2 * MARGIN):.1f}"
            for place, height in enumerate(self._heights())
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img">'
            f"<title>{self.label}: {self._ends()}</title>"
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
            f'<path d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}" fill="none" stroke="#888"/>'
            f'<polyline points="{points}" fill="none" stroke="#0b62a4" stroke-width="2"/>'
            f'<text x="{MARGIN}" y="{MARGIN - 8}" font-size="12" font-family="sans-serif">'
            f"{self.label} {self._ends()}</text>"
            "</svg>"
        )
