"""What a child answers when it has executed a cell. Sized inside, decoded strictly here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from autograder.model.record import Record
from autograder.sandbox.wire import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

Bundle = dict[str, str]  # one thing in several forms, by MIME type; JSON and binary data as text
JSON_MIMES = ("/json", "+json")
WIDGET_VIEW, WIDGET_STATE = (f"application/vnd.jupyter.widget-{what}+json" for what in ("view", "state"))
LEVELS = 20  # of JSON: what is nested deeper stays text, since it could be too deep for whatever reads the notebook


class Printed(Record, frozen=True, tag="stream"):
    """Text on one of the two streams."""

    name: Literal["stdout", "stderr"]
    text: str

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "stream", {"name": self.name, "text": self.text}


class Displayed(Record, frozen=True, tag="display_data"):
    """Something shown by `display`."""

    data: Bundle
    metadata: str
    display_id: str | None

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "display_data", _shown(self, self.display_id)


class Updated(Record, frozen=True, tag="update_display_data"):
    """A new state of something shown before."""

    data: Bundle
    metadata: str
    display_id: str | None

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "update_display_data", _shown(self, self.display_id)


class Resulted(Record, frozen=True, tag="execute_result"):
    """The value of the last expression."""

    data: Bundle
    metadata: str
    count: int

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "execute_result", {**_shown(self, None), "execution_count": self.count}


class Raised(Record, frozen=True, tag="error"):
    """What the cell raised."""

    ename: str
    evalue: str
    traceback: tuple[str, ...]

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "error", {"ename": self.ename, "evalue": self.evalue, "traceback": list(self.traceback)}


class Cleared(Record, frozen=True, tag="clear_output"):
    """Everything above is taken back, at once or when the next output comes."""

    wait: bool

    def message(self) -> tuple[str, dict[str, Any]]:
        """The type and the content that Jupyter's protocol has for it."""
        return "clear_output", {"wait": self.wait}


Output = Printed | Displayed | Updated | Resulted | Raised | Cleared


class Executed(Reply, frozen=True):
    """One cell: its number, whether it ran to its end, what it put out."""

    count: int
    is_ok: bool
    outputs: tuple[Output, ...]


class Widgets(Reply, frozen=True):
    """What the widgets of all cells show."""

    state: str

    def metadata(self) -> dict[str, Any]:
        """The part of a notebook's metadata that keeps it."""
        state = _value(self.state)
        return {"widgets": {WIDGET_STATE: state}} if isinstance(state, dict) else {}


def _shown(output: Displayed | Updated | Resulted, display_id: str | None) -> dict[str, Any]:
    """Its content in Jupyter's protocol, where JSON is no text."""
    data = {mime: _value(text) if mime.endswith(JSON_MIMES) else text for mime, text in output.data.items()}
    metadata = _value(output.metadata)
    return {
        "data": data,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "transient": {"display_id": display_id} if display_id else {},
    }


def _value(text: str) -> Any:
    """What a text of JSON says; the text itself where it says nothing, or is nested too deep."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return text
    level = [value]
    for _ in range(LEVELS):
        level = [inner for each in level for inner in _inner(each)]
    return text if level else value


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
