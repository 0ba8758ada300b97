"""Hidden checks of the lesson *Gradients of gradients*. Stand-ins with derivatives take the place of graphs."""

from contextlib import contextmanager

import numpy as np
from numpy.polynomial import Polynomial

from autograder import exercise


class Curve:
    """A stand-in for what a polynomial gives for a leaf: a number, and how it changes with the leaf."""

    def __init__(self, torch, polynomial, at, is_recorded=True):
        self.torch, self.polynomial, self.at = torch, polynomial, at
        self.number = float(polynomial(at.item()))
        self.requires_grad = is_recorded and polynomial.degree() > 0

    def slope(self, seed, is_recorded):
        """The derivative."""
        return Curve(self.torch, self.polynomial.deriv(), self.at, is_recorded)

    def item(self):
        """The number."""
        return self.number

    __float__ = item

    def detach(self):
        """The number as a tensor."""
        return self.torch.tensor(self.number)

    def __truediv__(self, other):
        return self.torch.tensor(self.number / float(other))


class Row:
    """A stand-in for a tensor that may depend on a leaf: numbers, and how they change with the leaf's."""

    def __init__(self, numbers, at=None, changes=None):
        self.numbers, self.at, self.changes = np.asarray(numbers), at, changes
        self.requires_grad = changes is not None

    def slope(self, seed, is_recorded):
        """What arrives as `seed` at each number, summed up at the leaf."""
        weights = np.ones_like(self.numbers) if seed is None else seed.numbers
        found = np.tensordot(weights, self.changes, self.numbers.ndim)
        return Row(found, self.at, np.zeros((len(found), len(found))) if is_recorded else None)

    def __mul__(self, other):
        pairs = [(one, two) for one, two in ((self, other), (other, self)) if one.changes is not None]
        changes = sum(one.changes * two.numbers[:, None] for one, two in pairs) if pairs else None
        return Row(self.numbers * other.numbers, pairs[0][0].at if pairs else None, changes)

    def sum(self):
        """The sum of all numbers."""
        return Row(self.numbers.sum(), self.at, None if self.changes is None else self.changes.sum(0))

    def __matmul__(self, other):
        return (self * other).sum()

    dot = __matmul__

    def detach(self):
        """The numbers alone."""
        return Row(self.numbers)


class Bowl:
    """A stand-in for a loss whose gradient changes with the leaf as a matrix says."""

    requires_grad = True

    def __init__(self, matrix, at):
        self.matrix, self.at = matrix, at

    def slope(self, seed, is_recorded):
        """The gradient."""
        return Row(self.matrix @ self.at.numbers, self.at, self.matrix if is_recorded else None)


def only(values):
    """One thing that stands alone, or in a list of one."""
    return values[0] if isinstance(values, list | tuple) else values


def gradient_of(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, **others):
    """`torch.autograd.grad` for stand-ins."""
    output = only(outputs)
    if not output.requires_grad:
        raise RuntimeError("element 0 of tensors does not require grad and does not have a grad_fn")
    if only(inputs) is not output.at:
        raise RuntimeError("One of the differentiated Tensors appears to not have been used in the graph.")
    return (output.slope(only(grad_outputs), create_graph),)


@contextmanager
def gradients_of_stand_ins(torch, lesson):
    """A block in which `torch.autograd.grad`, `torch.dot` and their like know stand-ins, by whatever name."""
    new = {torch.autograd.grad: gradient_of, torch.dot: Row.dot, torch.matmul: Row.dot, torch.mul: Row.__mul__}
    new[torch.sum] = Row.sum
    named = {(torch.autograd, "grad"): torch.autograd.grad}
    named |= {(torch, name): getattr(torch, name) for name in ("dot", "matmul", "mul", "sum")}
    named |= {(lesson, name): each for name, each in vars(lesson).items() if any(each is old for old in new)}
    for (owner, name), old in named.items():
        setattr(owner, name, new[old])
    try:
        yield
    finally:
        for (owner, name), old in named.items():
            setattr(owner, name, old)


class Context:
    """A stand-in for the `ctx` of one call."""

    needs_input_grad = (True,)
    saved_tensors = ()

    def save_for_backward(self, *tensors):
        """Keep tensors."""
        self.saved_tensors = tensors


def steep(rng):
    """A polynomial of third degree whose slope and curvature are greater than 0 wherever x is."""
    return Polynomial(rng.uniform(0.5, 2, size=4))


@exercise("gradients_of_gradients.derivatives", points=2)
def test_each_derivative_comes_from_the_one_before(torch, see, rng):
    """The value comes first, and then as many derivatives as were asked for."""
    import lessons.gradients_of_gradients as lesson

    x = torch.tensor(float(rng.uniform(0.5, 2)), requires_grad=True)
    polynomial = steep(rng)
    with gradients_of_stand_ins(torch, lesson):
        for order in rng.permutation(4).tolist():
            see.value(lesson.derivatives(lambda leaf: Curve(torch, polynomial, leaf), x, order))
    see.grad(x)


@exercise("gradients_of_gradients.derivatives", points=1)
def test_what_no_longer_changes_has_no_slope(torch, see, rng):
    """Behind the last derivative all are 0.0; a constant function has none from the beginning."""
    import lessons.gradients_of_gradients as lesson

    x = torch.tensor(float(rng.uniform(0.5, 2)), requires_grad=True)
    polynomial = steep(rng)
    with gradients_of_stand_ins(torch, lesson):
        for degree in (2, 0):
            see.value(lesson.derivatives(lambda leaf, d=degree: Curve(torch, polynomial.cutdeg(d), leaf), x, 5))


@exercise("gradients_of_gradients.cube", points=1)
def test_the_slope_of_a_cube(torch, see, rng):
    """The cube, and what arrives times three squares."""
    from lessons.gradients_of_gradients import Cube

    ctx = Context()
    see.value(Cube.forward(ctx, torch.tensor(rng.normal(size=3))))
    for _ in range(2):
        see.value(only(Cube.backward(ctx, torch.tensor(rng.normal(size=3)))))


@exercise("gradients_of_gradients.cube", points=2)
def test_the_slope_is_made_of_what_was_saved(torch, see, rng):
    """All that `backward` uses is what arrives, and the argument or the result as it comes out of `saved_tensors`."""
    from lessons.gradients_of_gradients import Cube

    ctx, x, other = Context(), *(torch.tensor(rng.normal(size=3)) for _ in range(2))
    result = Cube.forward(ctx, x)
    stands_for = [(x, other), (result, other * other * other)]
    ctx.saved_tensors = tuple(
        next((new for old, new in stands_for if old is saved), saved) for saved in ctx.saved_tensors
    )
    see.value(only(Cube.backward(ctx, torch.tensor(rng.normal(size=3)))))


def product_with(torch, rng, lesson):
    """The answer for a random matrix and vector."""
    leaf = Row(rng.normal(size=3))
    leaf.grad = None
    half = rng.normal(size=(3, 3))
    with gradients_of_stand_ins(torch, lesson):
        return lesson.hessian_vector_product(Bowl(half + half.T, leaf), leaf, Row(rng.normal(size=3)))


@exercise("gradients_of_gradients.hessian_vector_product", points=2)
def test_the_matrix_is_applied_to_the_vector(torch, see, rng):
    """The product is that of the matrix of second derivatives with the vector."""
    import lessons.gradients_of_gradients as lesson

    for _ in range(2):
        see.value(product_with(torch, rng, lesson).numbers.tolist())


@exercise("gradients_of_gradients.hessian_vector_product", points=1)
def test_the_product_has_no_graph(torch, see, rng):
    """Nobody asked for a third derivative: the product does not require grad."""
    import lessons.gradients_of_gradients as lesson

    see.value(product_with(torch, rng, lesson).requires_grad)


@exercise("gradients_of_gradients.newton", points=2)
def test_each_step_looks_at_its_own_place(torch, see, rng):
    """Every step goes by slope and curvature of the place where it begins."""
    import lessons.gradients_of_gradients as lesson

    polynomial = steep(rng)
    with gradients_of_stand_ins(torch, lesson):
        places = lesson.newton(lambda leaf: Curve(torch, polynomial, leaf), float(rng.uniform(3, 4)), 3)
    see.value(places, rtol=1e-3)


@exercise("gradients_of_gradients.newton", points=1)
def test_there_is_a_place_for_each_step(torch, see, rng):
    """One place after each step, and none for the beginning."""
    import lessons.gradients_of_gradients as lesson

    polynomial = steep(rng)
    with gradients_of_stand_ins(torch, lesson):
        for steps in rng.permutation(3).tolist():
            see.value(lesson.newton(lambda leaf: Curve(torch, polynomial, leaf), 3.0, steps), rtol=1e-3)
