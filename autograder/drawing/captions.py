"""One moment of a backward pass in words: a heading, what happens, who is ready, and who waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.drawing.numbers import bracketed
from autograder.drawing.performing import Performer, gradient_text
from autograder.drawing.scene import Kind, Scene, State
from autograder.drawing.words import name_boxes
from autograder.model.language import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.drawing.rehearsal import Moment
    from autograder.drawing.words import Say

STATES = {
    State.RUNNING: sentence("▶ runs now"),
    State.READY: sentence("● ready"),
    State.WAITING: sentence("… waits for {count}"),
    State.DONE: sentence("✓ done"),
}
TAKEN = sentence("takes {value}")
TOOK = sentence("took {value}")
BUFFER = sentence("buffer {value}")
EMPTY = sentence("buffer empty")

START = sentence("Before the first step")
STEP = sentence("Step {number} of {count}: {node} runs")
END = sentence("The pass is over")
STUCK = sentence("Nothing is ready, yet the pass is not over")

COUNTED = sentence(
    "Each node waits for as many gradients as edges lead to it; {node} has got the first gradient, {value}."
)
TAKES = sentence("It takes {value} out of its buffer.")
SENDS = sentence("It sends {value} to {target}.")
SENDS_INPUT = sentence("It sends {value} to {target}, input {input}.")
ADDS = sentence("It would add {value} to {leaf}: {before} becomes {after}.")
FAULT = sentence("Its formula could not be run, so what it sends is unknown ({error}).")
OVER = sentence("Every node ran once, with the sum of all that arrived for it.")
CIRCLE = sentence("What still waits never becomes ready: its edges lead in a circle.")
WAITS = sentence("{node} waits for {count}")
WAITS_WITH = sentence("{node} waits for {count}, has {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A moment in words; `ready` is the ready queue, the next to run first."""

    heading: str
    events: tuple[str, ...]
    ready: tuple[str, ...]
    waiting: tuple[str, ...]


class Captions:
    """Words for the moments of one pass over the graph of a scene."""

    def __init__(self, scene: Scene, moments: Sequence[Moment[Any]], performer: Performer, say: Say) -> None:
        self._scene = scene
        self._names = name_boxes(scene)
        self._count = len(moments[0].waits)
        self._taken = {moment.running: moment.taken for moment in moments}
        self._performer = performer
        self._say = say

    def caption(self, moment: Moment[Any], number: int) -> Caption:
        """The words for the moment of that number; the start is number 0."""
        waiting = [node for node, waits in enumerate(moment.waits) if waits > 0]
        return Caption(
            heading=self._heading(moment, number, is_stuck=bool(waiting)),
            events=tuple(self._events(moment, number, is_stuck=bool(waiting))),
            ready=tuple(self._names[node] for node in moment.ready),
            waiting=tuple(self._waiting(moment, node) for node in waiting),
        )

    def notes(self, moment: Moment[Any], node: int) -> tuple[State, tuple[str, str]]:
        """A node's state, and the two lines in its box: the state in words, and what it holds."""
        if node == moment.running:
            return State.RUNNING, (self._say(STATES[State.RUNNING]), self._say(TAKEN, value=_buffer(moment.taken)))
        if node in moment.done:
            return State.DONE, (self._say(STATES[State.DONE]), self._left(node))
        state = State.READY if node in moment.ready else State.WAITING
        return state, (self._say(STATES[state], count=moment.waits[node]), self._holding(moment.buffers[node]))

    def _left(self, node: int) -> str:
        """What is left to be seen of a node that ran."""
        if self._scene.boxes[node].kind is not Kind.ACCUMULATOR:
            return self._say(TOOK, value=_buffer(self._taken[node]))
        _, after = self._performer.accumulated(node, self._taken[node][0])
        return f"{self._leaf(node)}.grad = {gradient_text(after)}"

    def _leaf(self, node: int) -> str:
        return self._scene.boxes[node].label or "variable"

    def _holding(self, buffer: tuple[Any, ...]) -> str:
        return self._say(EMPTY) if _is_empty(buffer) else self._say(BUFFER, value=_buffer(buffer))

    def _heading(self, moment: Moment[Any], number: int, *, is_stuck: bool) -> str:
        if moment.running is not None:
            node = self._names[moment.running]
            return self._say(STEP, number=number, count=self._count, node=node)
        if number == 0:
            return self._say(START)
        return self._say(STUCK if is_stuck else END)

    def _events(self, moment: Moment[Any], number: int, *, is_stuck: bool) -> Iterator[str]:
        if moment.running is None:
            if number == 0:
                yield self._say(COUNTED, node=self._names[0], value=_buffer(moment.buffers[0]))
            else:
                yield self._say(CIRCLE if is_stuck else OVER)
            return
        node = moment.running
        yield self._say(TAKES, value=_buffer(moment.taken))
        if node in self._performer.faults:
            yield self._say(FAULT, error=self._performer.faults[node])
        if self._scene.boxes[node].kind is Kind.ACCUMULATOR:
            yield self._adding(node, moment.taken[0])
        for wire in self._scene.wires:
            if wire.source == node and self._scene.boxes[wire.target].kind is not Kind.CONSTANT:
                values = {"value": gradient_text(moment.sent[wire.slot]), "target": self._names[wire.target]}
                yield self._say(SENDS_INPUT if wire.input_nr else SENDS, **values, input=wire.input_nr)

    def _adding(self, node: int, gradient: Any) -> str:
        before, after = map(gradient_text, self._performer.accumulated(node, gradient))
        values = {"value": gradient_text(gradient), "leaf": f"{self._leaf(node)}.grad"}
        return self._say(ADDS, **values, before=before, after=after)

    def _waiting(self, moment: Moment[Any], node: int) -> str:
        values = {"node": self._names[node], "count": moment.waits[node]}
        buffer = moment.buffers[node]
        return (
            self._say(WAITS, **values) if _is_empty(buffer) else self._say(WAITS_WITH, **values, value=_buffer(buffer))
        )


def _is_empty(buffer: tuple[Any, ...]) -> bool:
    return all(gradient is None for gradient in buffer)


def _buffer(gradients: tuple[Any, ...]) -> str:
    """A buffer of one input as its gradient, of several as a list in which `–` stands for nothing."""
    texts = ["–" if gradient is None else gradient_text(gradient) for gradient in gradients]
    return texts[0] if len(texts) == 1 else bracketed(texts)
