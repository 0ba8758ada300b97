"""The help of a command that has verbs: each verb whole, under the people it serves."""

from collections import defaultdict
from typing import Any

from typer.core import TyperGroup

_WHOLE = 200  # characters: no verb's sentence is longer, so none is cut


class Panels(TyperGroup):
    """Verbs in the order they were added, a section for each `rich_help_panel`.

    Plain text: Rich's boxes cost more than all the rest of the command's start, and a screen reader reads them aloud.
    """

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  (click hands it over)
        """Write the sections into typer's `formatter`."""
        sections = defaultdict(list)
        for name, verb in self.commands.items():
            panel = getattr(verb, "rich_help_panel", None) or "Commands"
            sections[panel].append((name, verb.get_short_help_str(_WHOLE)))
        for panel, rows in sections.items():
            with formatter.section(panel):
                formatter.write_dl(rows)
