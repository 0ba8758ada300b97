"""Random programs: lines of Python that mean the same with PyTorch and with the reference.

A program is text, so that a failing one can be printed, run and read. Shapes are followed while it is drawn, so that
nearly every line is legal; what is illegal all the same (a saved value that changes in place) must fail alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Shape = tuple[int, ...]
SHAPES: Sequence[Shape] = ((), (2,), (3,), (2, 3), (3, 2), (1, 3), (2, 1), (2, 2))
UNARY = (
    "torch.tanh({a})", "torch.sigmoid({a})", "{a}.sin()", "{a}.cos()", "-{a}", "{a}.abs()", "torch.relu({a})",
    "{a}.square()", "{a}.clone()", "{a}.tanh().exp()", "({a} * {a} + 0.5).log()", "({a} * {a} + 0.5).sqrt()",
    "({a} * {a} + 1).reciprocal()", "{a} * 2.5", "3 * {a}", "{a} + 1", "2 + {a}", "{a} - 0.5", "1.5 - {a}", "{a} / 3",
    "2.0 / ({a} * {a} + 1)", "{a} ** 3", "2.0 ** {a}.tanh()", "({a} * {a} + 0.5) ** -0.5", "{a}.detach()",
)  # fmt: skip
BINARY = (
    "{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} / ({b} * {b} + 1)", "torch.maximum({a}, {b})",
    "torch.minimum({a}, {b})", "torch.where({a} > 0, {a}, {b})", "torch.add({a}, {b}, alpha=2)",
    "torch.rsub({a}, {b}, alpha=3)", "({a} * {a} + 0.5) ** {b}.tanh()", "torch.where({b} > 0, {a}, 0.0)",
)  # fmt: skip
IN_PLACE = (
    "{a}.add_({b})", "{a}.sub_({b}, alpha=2)", "{a}.mul_({b})", "{a} *= {b}", "{a}.copy_({b})",
    "{a}.div_({b} * {b} + 1)", "{a}.pow_({b}.tanh())",
)  # fmt: skip
IN_PLACE_ALONE = (
    "{a}.tanh_()",
    "{a}.neg_()",
    "{a}.mul_(2)",
    "{a} **= 2",
    "{a} += 1",
    "{a}.zero_()",
    "{a}.fill_(0.5)",
    "{a}.sin().exp_()",
)


@dataclass
class Draft:
    """A program while it is drawn: its lines, and what is known of its variables."""

    lines: list[str] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    changeable: list[str] = field(default_factory=list)  # neither leaves nor constants
    choosers: list[str] = field(default_factory=list)  # indices, masks and conditions
    owners: dict[str, str] = field(default_factory=dict)  # of what may show another variable's memory, that variable

    def add(self, text: str, shape: Shape, shows: str | None = None) -> None:
        """A line that makes a new variable of `shape`, which may show the memory of another."""
        name = f"v{len(self.shapes)}"
        self.lines.append(f"{name} = {text}")
        self.shapes[name] = shape
        self.changeable.append(name)
        if shows is not None:
            self.owners[name] = self.owner(shows)

    def owner(self, name: str) -> str:
        """The variable whose memory this one may show."""
        return self.owners.get(name, name)

    def apart(self, name: str, written: str) -> str:
        """An operand for a line that writes to `written`: what is read through another view of it is not defined."""
        return f"{name}.clone()" if name != written and self.owner(name) == self.owner(written) else name


@dataclass(frozen=True)
class Program:
    """A finished program: its lines, the names of its leaves, and the name of its result."""

    lines: tuple[str, ...]
    leaves: tuple[str, ...]
    result: str

    def text(self, module: str) -> str:
        """The program as a script for `module`."""
        return "\n".join([f"import {module} as torch", *self.lines, f"print({self.result})"])


@st.composite
def programs(draw: st.DrawFn, length: int = 8) -> Program:
    """A random program with up to three leaves, a constant, and up to `length` further lines."""
    draft = Draft()
    leaves = [_leaf(draw, draft, f"x{place}", True) for place in range(draw(st.integers(1, 3)))]
    _leaf(draw, draft, "c", False)
    for _ in range(draw(st.integers(1, length))):
        draw(st.sampled_from(KINDS))(draw, draft)
    result = draft.changeable[-1] if draft.changeable else leaves[0]
    return Program(tuple(draft.lines), tuple(leaves), result)


def _leaf(draw: st.DrawFn, draft: Draft, name: str, wanted: bool) -> str:
    shape = draw(st.sampled_from(SHAPES))
    values = np.random.default_rng(draw(st.integers(0, 99))).normal(size=shape).round(3).tolist()
    flag = ", requires_grad=True" if wanted else ""
    draft.lines.append(f"{name} = torch.tensor({values}, dtype=torch.float64{flag})")
    draft.shapes[name] = shape
    return name


def _pick(draw: st.DrawFn, draft: Draft, fits: Callable[[Shape], bool] = lambda shape: True) -> str | None:
    """A variable whose shape fits, preferably a young one."""
    found = [name for name, shape in draft.shapes.items() if fits(shape)]
    return draw(st.sampled_from(found[::-1])) if found else None


def _unary(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft)
    assert a is not None
    text = draw(st.sampled_from(UNARY))
    draft.add(text.format(a=a), draft.shapes[a], shows=a if "detach" in text else None)


def _binary(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft)
    assert a is not None
    b = _pick(draw, draft, lambda shape: _together(draft.shapes[a], shape) is not None)
    assert b is not None
    shape = _together(draft.shapes[a], draft.shapes[b])
    assert shape is not None
    draft.add(draw(st.sampled_from(BINARY)).format(a=a, b=b), shape)


def _together(a: Shape, b: Shape) -> Shape | None:
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


def _reduction(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft, lambda shape: len(shape) > 0)
    if a is None:
        return
    shape = draft.shapes[a]
    dim, keep = draw(st.integers(0, len(shape) - 1)), draw(st.booleans())
    whole = draw(st.sampled_from(["", "sum", "mean", "max"]))
    if whole:
        draft.add(f"{a}.{whole}()", ())
        return
    rest = tuple(1 if i == dim else n for i, n in enumerate(shape) if keep or i != dim)
    call = draw(
        st.sampled_from(["sum({d}, {k})", "mean({d}, keepdim={k})", "max({d}, {k}).values", "min({d}, {k})[0]"])
    )
    draft.add(f"{a}.{call.format(d=dim, k=keep)}", rest)


def _reshaping(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft)
    assert a is not None
    shape = draft.shapes[a]
    choices: list[tuple[str, Shape]] = [
        (f"{a}.unsqueeze(0)", (1, *shape)),
        (f"{a}.expand(2, {', '.join(['-1'] * len(shape))})" if shape else f"{a}.expand(2)", (2, *shape)),
        (f"{a}.reshape(-1)", (int(np.prod(shape, dtype=int)),)),
    ]
    if len(shape) >= 2:
        swapped = (*shape[:-2], shape[-1], shape[-2])
        choices.append((f"{a}.transpose(-1, -2)", swapped))
        choices.append((f"{a}.mT.contiguous()", swapped))
    if 1 in shape:
        choices.append((f"{a}.squeeze()", tuple(n for n in shape if n != 1)))
    text, new = draw(st.sampled_from(choices))
    draft.add(text, new, shows=a)


def _indexing(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft, lambda shape: len(shape) > 0)
    if a is None:
        return
    first, *rest = draft.shapes[a]
    place = draw(st.integers(0, first - 1))
    choices: list[tuple[str, Shape]] = [
        (f"{a}[{place}]", tuple(rest)),
        (f"{a}[{place}:]", (first - place, *rest)),
        (f"{a}[[{place}, 0, {place}]]", (3, *rest)),
        (f"{a}[...]", (first, *rest)),
    ]
    if rest:
        choices.append((f"{a}[:, 0]", (first, *rest[1:])))
        choices.append((f"{a}[{place}, 0]", tuple(rest[1:])))
    text, shape = draw(st.sampled_from(choices))
    draft.add(text, shape, shows=a)


def _choosing(draw: st.DrawFn, draft: Draft) -> None:
    """Elements chosen by a tensor, or one that has chosen before changed in place."""
    a = _pick(draw, draft, lambda shape: len(shape) > 0)
    kind = draw(st.sampled_from(["indices", "mask", "where", "assigned", "changed"]))
    if kind == "changed" and draft.choosers:
        draft.lines.append(f"{draw(st.sampled_from(draft.choosers))}.zero_()")
        return
    if a is None:
        return
    first, *rest = draft.shapes[a]
    places = draw(st.lists(st.integers(-first, first - 1), min_size=1, max_size=3))
    flags = [True, *draw(st.lists(st.booleans(), min_size=first - 1, max_size=first - 1))]
    chooser = f"p{len(draft.choosers)}"
    draft.choosers.append(chooser)
    chosen = f"{a} > 0" if kind == "where" else f"torch.tensor({flags if kind == 'mask' else places})"
    draft.lines.append(f"{chooser} = {chosen}")
    if kind == "where":
        draft.add(f"torch.where({chooser}, {a}, {a} * 2)", draft.shapes[a])
    elif kind == "assigned" and a in draft.changeable:
        draft.lines.append(f"{a}[{chooser}] = 0.5")
    else:
        draft.add(f"{a}[{chooser}]", (sum(flags) if kind == "mask" else len(places), *rest))


def _product(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft, lambda shape: len(shape) in (1, 2))
    if a is None:
        return
    width = draft.shapes[a][-1]
    b = _pick(draw, draft, lambda shape: len(shape) in (1, 2) and shape[0] == width)
    if b is not None:
        draft.add(f"{a} @ {b}", (*draft.shapes[a][:-1], *draft.shapes[b][1:]))


def _joining(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft)
    assert a is not None
    shape = draft.shapes[a]
    b = _pick(draw, draft, lambda other: other == shape)
    if not shape or draw(st.booleans()):
        draft.add(f"torch.stack([{a}, {b}, {a}])", (3, *shape))
    else:
        draft.add(f"torch.cat([{a}, {b}])", (2 * shape[0], *shape[1:]))


def _taking_apart(draw: st.DrawFn, draft: Draft) -> None:
    a = _pick(draw, draft, lambda shape: len(shape) > 0 and shape[0] in (2, 3))
    if a is None:
        return
    first, *rest = draft.shapes[a]
    if draw(st.booleans()):
        parts, call, shape = first, f"{a}.unbind(0)", tuple(rest)
    else:
        parts, call, shape = first, f"{a}.split(1)", (1, *rest)
    names = [f"v{len(draft.shapes) + place}" for place in range(parts)]
    draft.lines.append(f"{', '.join(names)} = {call}")
    draft.shapes.update(dict.fromkeys(names, shape))
    draft.owners.update(dict.fromkeys(names, draft.owner(a)))
    draft.add(draw(st.sampled_from(["{a} * {b}", "{a} - {b}", "{b} + 1"])).format(a=names[0], b=names[-1]), shape)


def _in_place(draw: st.DrawFn, draft: Draft) -> None:
    if not draft.changeable:
        return
    a = draw(st.sampled_from(draft.changeable[::-1]))
    shape = draft.shapes[a]
    b = _pick(draw, draft, lambda other: _together(shape, other) == shape)
    assert b is not None
    row = _pick(draw, draft, lambda other: len(shape) > 0 and _together(shape[1:], other) == shape[1:])
    kind = draw(st.integers(0, 2))
    if kind == 0 and row is not None:
        draft.lines.append(f"{a}[0] = {draft.apart(row, a)}")
    elif kind == 1:
        draft.lines.append(draw(st.sampled_from(IN_PLACE_ALONE)).format(a=a))
    else:
        draft.lines.append(draw(st.sampled_from(IN_PLACE)).format(a=a, b=draft.apart(b, a)))


KINDS = (
    _unary, _unary, _binary, _binary, _reduction, _reshaping, _indexing, _choosing, _product, _joining, _taking_apart,
    _in_place,
)  # fmt: skip


def run(program: Program, torch: Any) -> dict[str, Any]:
    """The variables after the program ran with a module in torch's place."""
    names: dict[str, Any] = {"torch": torch}
    exec("\n".join(program.lines), names)
    return names
