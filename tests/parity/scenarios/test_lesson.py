"""What the lesson shows as recorded by PyTorch; `solutions/lessons/recorded.py` is held to it."""

from autograder import exercise


def leaves(torch, **values):
    """A leaf of one element for each name."""
    return {name: torch.tensor([value], requires_grad=True) for name, value in values.items()}


@exercise("parity.lesson")
def test_graph_out(torch, see):
    """The graph of x * y + 1."""
    given = leaves(torch, x=2.0, y=3.0)
    see.graph(given["x"] * given["y"] + 1, **given)


@exercise("parity.lesson")
def test_graph_d(torch, see):
    """The graph of (a + b + c) / (x * y)."""
    given = leaves(torch, x=2.0, y=3.0, a=4.0, b=5.0, c=6.0)
    a, b, c = given["a"], given["b"], given["c"]
    see.graph((a + b + c) / (given["x"] * given["y"]), **given)


@exercise("parity.lesson")
def test_graph_square(torch, see):
    """The graph of x * x."""
    given = leaves(torch, x=3.0)
    see.graph(given["x"] * given["x"], **given)


@exercise("parity.lesson")
def test_graph_cube(torch, see):
    """The graph of y * x, where y is x * x."""
    given = leaves(torch, x=2.0)
    see.graph(given["x"] * given["x"] * given["x"], **given)


@exercise("parity.lesson")
def test_graph_fourth_power(torch, see):
    """The graph of y * x, where y is the cube."""
    given = leaves(torch, x=2.0)
    see.graph(given["x"] * given["x"] * given["x"] * given["x"], **given)


@exercise("parity.lesson")
def test_graph_constant_from_no_grad(torch, see):
    """The graph of x * c, where c was computed from x inside `no_grad`."""
    given = leaves(torch, x=5.0)
    with torch.no_grad():
        c = given["x"] * given["x"]
    see.graph(given["x"] * c, **given)


@exercise("parity.lesson")
def test_graph_polynomial(torch, see):
    """The graph of (4 * x + 3) * x + 2."""
    given = leaves(torch, x=5.0)
    see.graph((4.0 * given["x"] + 3.0) * given["x"] + 2.0, **given)


@exercise("parity.lesson")
def test_graph_shared_leaf(torch, see):
    """The graph of x * y + x."""
    given = leaves(torch, x=2.0, y=3.0)
    see.graph(given["x"] * given["y"] + given["x"], **given)


@exercise("parity.lesson")
def test_graph_diamond(torch, see):
    """The graph of h + h * 3, where h is x * x."""
    given = leaves(torch, x=2.0)
    h = given["x"] * given["x"]
    see.graph(h + h * 3, **given)


@exercise("parity.lesson")
def test_graph_road(torch, see):
    """The graph of y * y, where y is x * 3."""
    given = leaves(torch, x=2.0)
    y = given["x"] * 3
    see.graph(y * y, **given)


@exercise("parity.lesson")
def test_graph_one_loss(torch, see):
    """The graph of a mean squared error, where the weight alone is a leaf that requires grad."""
    given = leaves(torch, weight=0.0)
    difference = torch.tensor([1.0, 1.0]) * given["weight"] - torch.tensor([2.0, 2.0])
    see.graph((difference * difference).mean(), **given)


@exercise("parity.lesson")
def test_numbers_diamond(torch, see):
    """The gradient of the diamond."""
    x = torch.tensor([2.0], requires_grad=True)
    h = x * x
    (h + h * 3).backward()
    see.value([x.grad.item()])


@exercise("parity.lesson")
def test_numbers_two_passes(torch, see):
    """The gradient after `w * 2`, and after `w * 3`."""
    w = torch.tensor([1.0], requires_grad=True)
    found = []
    for factor in (2, 3):
        (w * factor).backward()
        found.append(w.grad.item())
    see.value(found)


@exercise("parity.lesson")
def test_numbers_after_zeroing(torch, see):
    """The gradient after zeroing in place, and after one more pass."""
    w = torch.tensor([1.0], requires_grad=True)
    (w * 2).backward()
    w.grad.zero_()
    found = [w.grad.item()]
    (w * 4).backward()
    found.append(w.grad.item())
    see.value(found)


def train(torch, *, is_zeroed):
    """Four steps toward 3."""
    w = torch.tensor([0.0], requires_grad=True)
    found = []
    for _ in range(4):
        if is_zeroed:
            w.grad = None
        loss = (w - 3) * (w - 3)
        loss.backward()
        with torch.no_grad():
            w -= 0.25 * w.grad
        found.append(w.item())
    return found


def first_gradient(w):
    """What `w.grad` is after a pass of `w * 2`, kept under a name of its own."""
    (w * 2).backward()
    return w.grad


@exercise("parity.lesson")
def test_numbers_kept_gradient(torch, see):
    """What a kept gradient holds, before and after one more pass."""
    w = torch.tensor([1.0], requires_grad=True)
    kept = first_gradient(w)
    found = [kept.item()]
    (w * 3).backward()
    see.value([*found, kept.item()])


@exercise("parity.lesson")
def test_numbers_kept_while_recording(torch, see):
    """The same, where recording is on while the second gradient is added."""
    w = torch.tensor([1.0], requires_grad=True)
    accumulator = (w * 1).grad_fn.next_functions[0][0]
    accumulator(torch.tensor([2.0]))
    kept = w.grad
    found = [kept.item()]
    accumulator(torch.tensor([3.0]))
    see.value([*found, kept.item()])


def kept_over_zeroing(torch, *, set_to_none):
    """What a kept gradient holds at first, after the optimizer's `zero_grad`, and after one more pass."""
    w = torch.tensor([1.0], requires_grad=True)
    kept = first_gradient(w)
    found = [kept.item()]
    torch.optim.SGD([w], lr=1.0).zero_grad(set_to_none=set_to_none)
    found.append(kept.item())
    (w * 3).backward()
    return [*found, kept.item()]


@exercise("parity.lesson")
def test_numbers_kept_and_zeroed(torch, see):
    """A kept gradient, where `zero_grad` fills with zeros."""
    see.value(kept_over_zeroing(torch, set_to_none=False))


@exercise("parity.lesson")
def test_numbers_kept_and_set_to_none(torch, see):
    """A kept gradient, where `zero_grad` sets to None."""
    see.value(kept_over_zeroing(torch, set_to_none=True))


@exercise("parity.lesson")
def test_numbers_changed_after_detach(torch, see):
    """A computed tensor, before and after what was detached from it is changed in place."""
    y = torch.tensor([2.0], requires_grad=True) * 3
    found = [y.item()]
    y.detach().add_(1)
    see.value([*found, y.item()])


@exercise("parity.lesson")
def test_numbers_diamond_in_a_hurry(torch, see):
    """The gradient of the diamond, where each node has run at the first gradient that came, and only then."""
    x = torch.tensor([2.0], requires_grad=True)
    h = x * x
    out = h + h * 3
    arrived = {out.grad_fn: torch.tensor([1.0])}
    ready = [out.grad_fn]
    with torch.no_grad():
        for node in ready:
            for (target, _), gradient in zip(node.next_functions, node(arrived[node]), strict=True):
                if target in arrived:
                    arrived[target] = arrived[target] + gradient
                elif target is not None:
                    arrived[target] = gradient
                    ready.append(target)
    see.value([x.grad.item()])


@exercise("parity.lesson")
def test_numbers_arrivals(torch, see):
    """What arrives at the shared node of the diamond, along each edge."""
    x = torch.tensor([2.0], requires_grad=True)
    h = x * x
    top = (h + h * 3).grad_fn
    with torch.no_grad():
        straight, onward = top(torch.tensor([1.0]))
        by_way, _ = top.next_functions[1][0](onward)
    see.value([straight.item(), by_way.item()])


@exercise("parity.lesson")
def test_numbers_training(torch, see):
    """Four steps toward 3, each after zeroing."""
    see.value(train(torch, is_zeroed=True))


@exercise("parity.lesson")
def test_numbers_training_without_zeroing(torch, see):
    """Four steps toward 3, never zeroing."""
    see.value(train(torch, is_zeroed=False))


@exercise("parity.lesson")
def test_numbers_three_passes(torch, see):
    """The gradient after each of three passes through one kept graph."""
    x = torch.tensor([3.0], requires_grad=True)
    loss = x * x
    found = []
    for _ in range(3):
        loss.backward(retain_graph=True)
        found.append(x.grad.item())
    see.value(found)


@exercise("parity.lesson")
def test_numbers_versions(torch, see):
    """The version of a tensor at first, after a change, after a change through a view, and after an addition."""
    tensor = torch.tensor([1.0, 2.0])
    found = [float(tensor._version)]
    for action in (lambda: tensor.add_(1), lambda: tensor[0:1].zero_(), lambda: tensor + 1):
        action()
        found.append(float(tensor._version))
    see.value(found)


def on_the_way(torch, *, is_halved):
    """The gradients of y and x in `y = x * 3; z = y * y` at 2."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    if is_halved:
        y.register_hook(lambda gradient: gradient / 2)
    (y * y).backward()
    return [y.grad.item(), x.grad.item()]


@exercise("parity.lesson")
def test_numbers_retained(torch, see):
    """The gradients of a computed tensor and of a leaf."""
    see.value(on_the_way(torch, is_halved=False))


@exercise("parity.lesson")
def test_numbers_halved_on_the_way(torch, see):
    """The same when a hook halves the gradient of the computed tensor."""
    see.value(on_the_way(torch, is_halved=True))


def squared_error(output, wanted):
    """The mean of the squared differences."""
    return ((output - wanted) * (output - wanted)).mean()


@exercise("parity.lesson")
def test_numbers_learning(torch, see):
    """The losses of a weight that learns to double, over six steps."""
    weight = torch.tensor([0.0], requires_grad=True, dtype=torch.float64)
    x, y = torch.tensor([1.0, 1.0], dtype=torch.float64), torch.tensor([2.0, 2.0], dtype=torch.float64)
    optimizer = torch.optim.SGD([weight], lr=0.125)
    losses = []
    for _ in range(6):
        optimizer.zero_grad()
        loss = squared_error(x * weight, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    see.value(losses)


@exercise("parity.lesson")
def test_numbers_whole_batch(torch, see):
    """The gradient of a batch of four."""
    weight = torch.tensor([0.5], requires_grad=True)
    x, y = torch.tensor([1.0, 2.0, 2.0, 1.0]), torch.tensor([2.0, 2.0, 3.0, 1.0])
    squared_error(x * weight, y).backward()
    see.value([weight.grad.item()])


@exercise("parity.lesson")
def test_graph_slope_of_the_square(torch, see):
    """The graph of the slope of x * x."""
    given = leaves(torch, x=3.0)
    (slope,) = torch.autograd.grad(given["x"] * given["x"], given["x"], create_graph=True)
    see.graph(slope, **given)


@exercise("parity.lesson")
def test_numbers_derivatives_of_the_fourth_power(torch, see):
    """The value and five derivatives at 2."""
    x = torch.tensor(2.0, requires_grad=True)
    value = x * x * x * x
    found = [value.item()]
    for _ in range(4):
        (value,) = torch.autograd.grad(value, x, create_graph=True)
        found.append(value.item())
    see.value([*found, float(value.requires_grad)])


@exercise("parity.lesson")
def test_numbers_penalty(torch, see):
    """The gradient of the squared slope of the cube, at 2."""
    x = torch.tensor([2.0], requires_grad=True)
    (slope,) = torch.autograd.grad(x * x * x, x, create_graph=True)
    (slope * slope).backward()
    see.value([x.grad.item()])


@exercise("parity.lesson")
def test_numbers_row_of_a_hessian(torch, see):
    """The first row of the Hessian of x[0] * x[0] * x[1], at (2, 3)."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(x[0] * x[0] * x[1], x, create_graph=True)
    (row,) = torch.autograd.grad(gradient, x, torch.tensor([1.0, 0.0]))
    see.value(row.tolist())


@exercise("parity.lesson")
def test_numbers_newton(torch, see):
    """Five steps of Newton's method on x.exp() - 2 * x, from 0."""
    place, found = 0.0, []
    for _ in range(5):
        x = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(x.exp() - 2 * x, x, create_graph=True)
        (curvature,) = torch.autograd.grad(slope, x)
        place -= slope.item() / curvature.item()
        found.append(place)
    see.value(found)
