"""`draw.backward`: a backward pass as a film, frame by frame in one layout, in an element that needs nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from autograder.drawing.captions import Caption, Captions
from autograder.drawing.display import Film
from autograder.drawing.figure import Figure, figure_of
from autograder.drawing.performing import UNKNOWN, Performer, gradient_text
from autograder.drawing.rehearsal import Moment, Rehearsal
from autograder.drawing.scene import Kind, Scene, State, annotate, scene_of
from autograder.drawing.shapes import columns
from autograder.drawing.svg import environment
from autograder.drawing.wires import without_overlap
from autograder.drawing.words import name_boxes, speaker
from autograder.model.errors import UsageError
from autograder.model.language import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.drawing.live import LiveGraph
    from autograder.drawing.wires import Line

MOST_NODES = 60  # of a film; more frames than that nobody watches
ACCUMULATOR_RANK: Final = 2**64 - 1  # PyTorch's sequence number of every accumulator

TITLE = sentence("A backward pass, step by step")
READY = sentence("Ready queue")
NOTHING = sentence("nothing")
WAITING = sentence("Waiting")
REHEARSED = sentence(
    "This is a rehearsal: who runs when follows from the graph's edges and numbers by PyTorch's rules, and the "
    "gradients come from calling the graph's own nodes. No engine ran, no hook was called, and no .grad changed."
)
UNSEEN = sentence("This graph can only be looked at, not run: a ? stands for each gradient.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture of the film with its words."""

    figure: Figure
    caption: Caption


def film(live: LiveGraph, gradient: Any = None, *, title: str = "", language: str = "en") -> Film:
    """The pass from the one root of a live graph, which receives `gradient`, a one if there is none.

    Raises:
        UsageError: the root was made by no operation, it needs a gradient to start with, or the graph is too large.
    """
    _refuse(live)
    performer = Performer(live)
    first = performer.first_gradient(gradient)
    rehearsal: Rehearsal[Any] = Rehearsal(live.graph, ranks_of(live), performer.run, performer.add)
    moments = list(rehearsal.moments(first))
    say = speaker(language)
    scene = _named(scene_of(live.graph, live.names))
    captions = Captions(scene, moments, performer, say)
    figure = figure_of(_roomy(scene, moments, captions), say)
    frames = [
        Frame(figure=_pose(figure, scene, moment, captions, first if number == 0 else None), caption=caption)
        for number, moment in enumerate(moments)
        for caption in [captions.caption(moment, number)]
    ]
    footnotes = (say(REHEARSED), *((say(UNSEEN),) if first is UNKNOWN else ()))
    return _printed(frames, title or say(TITLE), footnotes, language)


def ranks_of(live: LiveGraph) -> list[int]:
    """What the ready queue is ordered by: sequence numbers, or where nodes have none, the order from the root."""
    ranks = []
    for number, (node, record) in enumerate(zip(live.nodes, live.graph.nodes, strict=True)):
        if hasattr(node, "_sequence_nr"):
            ranks.append(int(node._sequence_nr()))  # noqa: SLF001 - PyTorch's own name for it
        else:
            ranks.append(ACCUMULATOR_RANK if record.name == "AccumulateGrad" else -number)
    return ranks


def _refuse(live: LiveGraph) -> None:
    count = len(live.graph.nodes)
    if live.graph.roots[0].node is None:
        raise UsageError(f"{live.names[0]} was made by no recorded operation, so no backward pass starts at it")
    if count > MOST_NODES:
        raise UsageError(
            f"the graph has {count} nodes, more than the {MOST_NODES} that a film can show: film a part of it, or draw "
            "it without the pass"
        )


def _named(scene: Scene) -> Scene:
    """The scene with the names of the captions in the boxes, so that two nodes of one kind can be told apart."""
    boxes = [
        structs.replace(box, label=name) if box.kind is Kind.OPERATION else box
        for box, name in zip(scene.boxes, name_boxes(scene), strict=True)
    ]
    return structs.replace(scene, boxes=tuple(boxes))


def _roomy(scene: Scene, moments: Sequence[Moment[Any]], captions: Captions) -> Scene:
    """The scene with each box as wide as its widest notes in any frame, so that nothing moves between frames."""
    notes = []
    for node in range(len(moments[0].waits)):
        lines = zip(*(captions.notes(moment, node)[1] for moment in moments), strict=True)
        notes.append(tuple(max(line, key=columns) for line in lines))
    roomy = annotate(scene, notes)
    boxes = [structs.replace(box, state=State.WAITING) if box.notes else box for box in roomy.boxes]
    return structs.replace(roomy, boxes=tuple(boxes))


def _pose(figure: Figure, scene: Scene, moment: Moment[Any], captions: Captions, first: Any) -> Figure:
    """The figure as it is at one moment; at the start, `first` is on its way from the root."""
    shapes = list(figure.shapes)
    for node in range(len(moment.waits)):
        state, notes = captions.notes(moment, node)
        shapes[node] = replace(shapes[node], box=structs.replace(shapes[node].box, state=state, notes=notes))
    lines: list[Line] = []
    for wire, line in zip(scene.wires, figure.lines, strict=True):
        is_root = scene.boxes[wire.source].kind is Kind.ROOT
        is_sent = wire.source == moment.running and scene.boxes[wire.target].kind is not Kind.CONSTANT
        gradient = moment.sent[wire.slot] if is_sent else first
        is_sent = is_sent or (is_root and first is not None)
        is_faded = wire.source in moment.done or (is_root and first is None)
        lines.append(replace(line, badge=gradient_text(gradient) if is_sent else "", is_faded=is_faded))
    return replace(figure, shapes=tuple(shapes), lines=tuple(without_overlap(lines)))


def _printed(frames: Sequence[Frame], title: str, footnotes: tuple[str, ...], language: str) -> Film:
    say = speaker(language)
    words = {"ready": say(READY), "waiting": say(WAITING), "nothing": say(NOTHING)}
    sentences = [line for frame in frames for line in _told(frame.caption, words)]
    identity = hashlib.sha256("\n".join([title, language, *sentences]).encode()).hexdigest()[:12]
    html = environment().get_template("film.html.jinja").render(
        frames=frames, title=title, footnotes=footnotes, language=language, words=words, say=say, id=f"f{identity}"
    )  # fmt: skip
    page = environment().get_template("film-page.html.jinja").render(film=html, title=title, language=language)
    return Film(html=html, page=page, sentences=(title, *sentences, *footnotes))


def _told(caption: Caption, words: dict[str, str]) -> list[str]:
    """A caption as lines of plain text."""
    ready = ", ".join(caption.ready) or words["nothing"]
    lists = [f"{words['ready']}: {ready}"]
    if caption.waiting:
        lists.append(f"{words['waiting']}: {'; '.join(caption.waiting)}")
    return [caption.heading, *(f"  {line}" for line in (*caption.events, *lists))]
