"""Section 1: shapes, indexing and joining: names, edges, values, and gradients."""

import pytest

from autograder import exercise

SHAPES = {
    "reshape-same": lambda m: m.reshape(2, 3),
    "view": lambda m: m.view(3, 2),
    "flatten": lambda m: m.flatten(),
    "transpose": lambda m: m.transpose(0, 1),
    "mT": lambda m: m.mT,
    "t": lambda m: m.t(),
    "permute": lambda m: m.permute(1, 0),
    "T": lambda m: m.T,
    "unsqueeze": lambda m: m.unsqueeze(0),
    "None": lambda m: m[None],
    "squeeze": lambda m: m[:, :1].squeeze(),
    "squeeze-1": lambda m: m[:, :1].squeeze(1),
    "expand": lambda m: m.expand(2, 2, 3),
    "row": lambda m: m[0],
    "select": lambda m: m.select(1, 2),
    "column": lambda m: m[:, 0],
    "slice": lambda m: m[0:1],
    "all": lambda m: m[:],
    "narrow": lambda m: m.narrow(1, 0, 2),
    "dots": lambda m: m[...],
    "list": lambda m: m[[0, 1, 0]],
    "element": lambda m: m[0, 1],
    "slice-of-column": lambda m: m[0:1, 1],
    "in-turn": lambda m: m[1][2],
    "sum-of-both": lambda m: m.sum((0, 1)),
    "mean-of-last": lambda m: m.mean(-1, keepdim=True),
    "max-of-rows": lambda m: m.max(1).values,
}
JOINED = {
    "cat": lambda torch, x, y, c: torch.cat([x, c, y]),
    "stack": lambda torch, x, y, c: torch.stack([x, y]),
    "stack-twice": lambda torch, x, y, c: torch.stack([x, c, x], 1),
    "mask": lambda torch, x, y, c: x[c > 1],
    "tensor-index": lambda torch, x, y, c: x[torch.tensor([2, 0])],
}
PARTS = {
    "unbind": lambda m: m.unbind(0),
    "iteration": tuple,
    "split": lambda m: m.split(1),
    "chunk": lambda m: m.chunk(2),
    "split-sizes": lambda m: m.split([1, 2], 1),
}


@exercise("parity.shapes")
@pytest.mark.parametrize("name", list(SHAPES))
def test_a_shape_or_part_of_a_matrix(torch, see, rng, name):
    """Each way to look at a tensor has a node of its own, and its gradient goes back to where it came from."""
    m = torch.tensor(rng.normal(size=(2, 3)), requires_grad=True)
    out = SHAPES[name](m)
    see.graph(out, m=m)
    see.value(out)
    out.backward(torch.tensor(rng.normal(size=tuple(out.shape))))
    see.grad(m)


@exercise("parity.shapes")
@pytest.mark.parametrize("name", list(JOINED))
def test_joined_or_picked(torch, see, rng, name):
    """Joined tensors have an edge each, in order; picking by mask or list is one node."""
    x = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    y = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    c = torch.tensor([0.5, 1.5, 2.5])
    out = JOINED[name](torch, x, y, c)
    see.graph(out, x=x, y=y)
    see.value(out)
    out.backward(torch.tensor(rng.normal(size=tuple(out.shape))))
    see.grad(x)
    see.grad(y)


@exercise("parity.shapes")
@pytest.mark.parametrize("name", list(PARTS))
def test_parts_share_a_node(torch, see, rng, name):
    """All parts have one node; `output_nr` tells them apart, and a part that is not used has zero gradient."""
    m = torch.tensor(rng.normal(size=(2, 3)), requires_grad=True)
    parts = PARTS[name](m)
    see.value([part.output_nr for part in parts])
    see.identical(parts[0].grad_fn, parts[-1].grad_fn)
    see.graph(*parts, m=m)
    (parts[-1] * parts[-1]).sum().backward()
    see.grad(m)


@exercise("parity.shapes")
def test_flattening_a_flat_tensor(torch, see):
    """A tensor of one dimension comes back itself."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    see.identical(x.flatten(), x)


@exercise("parity.shapes")
def test_a_product_of_batches(torch, see, rng):
    """Values and gradients; how PyTorch spreads it over nodes depends on the shapes."""
    a = torch.tensor(rng.normal(size=(2, 2, 3)), requires_grad=True)
    b = torch.tensor(rng.normal(size=(2, 3, 2)), requires_grad=True)
    out = a @ b
    see.value(out.grad_fn.name())
    see.value(out)
    out.sum().backward()
    see.grad(a)
    see.grad(b)


PICKS = {
    "along_one": lambda x: x[:, [0, 0]],
    "of_what_was_expanded": lambda x: x[:1].expand(3, -1, -1)[[0, 1]],
    "of_what_was_turned": lambda x: x.permute(2, 0, 1)[:, [0, 0]],
    "of_two_apart": lambda x: x.unsqueeze(0)[[0, 0], :, [1, 1]],
}


@exercise("parity.shapes")
@pytest.mark.parametrize("name", list(PICKS))
def test_where_picked_numbers_lie(torch, see, name):
    """Lists of indices keep the order of the memory that they pick from: it decides whether `contiguous` copies."""
    picked = PICKS[name](torch.tensor([[[1.0, 2.0], [3.0, 4.0]]] * 3, requires_grad=True))
    for turned in (picked, picked.mT, picked.permute(1, 0, 2), picked.permute(1, 2, 0), picked.permute(2, 1, 0)):
        see.value(turned.contiguous().grad_fn.name())
