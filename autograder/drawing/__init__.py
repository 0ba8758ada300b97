"""Pictures of graphs: pure functions from a recorded graph to the text of an SVG."""

from autograder.drawing.svg import describe_diff, draw, draw_diff

__all__ = ["describe_diff", "draw", "draw_diff"]
