"""What the widgets of a notebook show, in the form in which a notebook keeps it for whoever opens it later."""

from __future__ import annotations

import json
import sys

from .outputs import RICH_ALL_BYTES


def state_of_widgets() -> str:
    """All that cells have made, as JSON; nothing where there are none, or where they are too large or can't be told."""
    package = sys.modules.get("ipywidgets")
    try:
        told = json.dumps(package.Widget.get_manager_state()) if package else ""
    except Exception:  # noqa: BLE001 - student code may have changed whatever is asked here
        return ""
    return told if len(told) <= RICH_ALL_BYTES else ""
