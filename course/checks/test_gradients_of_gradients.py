"""Public checks of the lesson *Gradients of gradients*."""

from autograder import exercise


@exercise("gradients_of_gradients.derivatives")
def test_a_cube_has_three_derivatives(torch, see):
    """`x * x * x` has three derivatives that are not 0, and `x.grad` is left alone.

    Did it stop after the first one? Then the slope was computed, but nobody recorded how.
    """
    from lessons.gradients_of_gradients import derivatives

    x = torch.tensor(2.0, requires_grad=True)
    see.value(derivatives(lambda x: x * x * x, x, 3))
    see.grad(x)


@exercise("gradients_of_gradients.derivatives")
def test_behind_the_last_derivative_all_are_zero(torch, see):
    """The second derivative of `x * 3`, and all that follow, are 0.0.

    From a tensor that does not require grad there is no way back. How can you know in time?
    """
    from lessons.gradients_of_gradients import derivatives

    x = torch.tensor(2.0, requires_grad=True)
    see.value(derivatives(lambda x: x * 3, x, 4))


@exercise("gradients_of_gradients.cube")
def test_a_cube_and_its_slope(torch, see):
    """The cube is one node, and its gradient is what arrives times `3 * x * x`.

    A formula of the way back begins with what arrives: `gradient` belongs in it.
    """
    from lessons.gradients_of_gradients import Cube

    x = torch.tensor([2.0, -1.0], requires_grad=True)
    out = Cube.apply(x)
    see.value(out)
    see.value(out.grad_fn.name())
    out.backward(torch.tensor([1.0, 10.0]))
    see.grad(x)


@exercise("gradients_of_gradients.cube")
def test_a_cube_has_a_second_slope(torch, see):
    """The second derivative is `6 * x`, taken through `backward`.

    Does the slope require no grad? Then `backward` uses what `forward` has computed, where nothing is recorded.
    """
    from lessons.gradients_of_gradients import Cube

    x = torch.tensor([2.0], requires_grad=True)
    (slope,) = torch.autograd.grad(Cube.apply(x), x, create_graph=True)
    slope.backward()
    see.grad(x)


@exercise("gradients_of_gradients.hessian_vector_product")
def test_a_product_with_the_hessian(torch, see):
    """The Hessian of `x[0] * x[0] * x[1]` is applied to a vector; no `.grad` changes, and no graph is left.

    Try it on paper: the first row of the Hessian has the derivatives of the first element of the gradient.
    """
    from lessons.gradients_of_gradients import hessian_vector_product

    x = torch.tensor([2.0, 3.0], requires_grad=True)
    product = hessian_vector_product(x[0] * x[0] * x[1], x, torch.tensor([1.0, 2.0]))
    see.value(product)
    see.value(product.requires_grad)
    see.grad(x)


@exercise("gradients_of_gradients.newton")
def test_a_parabola_takes_one_step(torch, see):
    """On a parabola one step leads to the lowest place, and the next one stays there.

    The slope tells the direction. What tells how far it is?
    """
    from lessons.gradients_of_gradients import newton

    see.value(newton(lambda x: (x - 3) * (x - 3) * 5, 10.0, 2))


@exercise("gradients_of_gradients.newton")
def test_a_curve_takes_some_steps(torch, see):
    """On `x.exp() - 2 * x` each step comes closer to the logarithm of 2.

    Slope and curvature are those of the place where you are now, not of the place where you began.
    """
    from lessons.gradients_of_gradients import newton

    see.value(newton(lambda x: x.exp() - 2 * x, 0.0, 4))
