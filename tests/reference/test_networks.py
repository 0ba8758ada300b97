"""Small networks: modules, losses, optimizers, training."""

import pytest


def test_a_linear_layer(torch):
    """`x @ weight.T + bias`, one node with three edges."""
    layer = torch.nn.Linear(3, 2)
    x = torch.tensor([[1.0, 2.0, 3.0]])
    y = layer(x)
    assert y.grad_fn.name() == "AddmmBackward0"
    expected = (x @ layer.weight.t() + layer.bias).tolist()[0]
    assert y.tolist()[0] == pytest.approx(expected, rel=1e-6)
    assert torch.nn.Linear(3, 2, bias=False).bias is None
    assert torch.nn.Linear(3, 2, bias=False)(x).grad_fn.name() == "MmBackward0"
    assert layer(torch.ones(2, 4, 3)).shape == (2, 4, 2)
    assert repr(layer) == "Linear(in_features=3, out_features=2, bias=True)"


def test_a_module_knows_its_parameters(torch):
    """Own ones first, then those of its parts, each once."""
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    assert [name for name, _ in net.named_parameters()] == ["0.weight", "0.bias", "3.weight", "3.bias"]
    assert len(list(net.parameters())) == 4
    assert (len(net), repr(net[1]), repr(net[2])) == (4, "Tanh()", "ReLU()")
    assert repr(net).splitlines()[0] == "Sequential("

    class Twice(torch.nn.Module):
        def __init__(self, part):
            super().__init__()
            self.a, self.b = part, part

        def forward(self, x):
            return self.b(self.a(x))

    twice = Twice(torch.nn.Linear(2, 2))
    assert len(list(twice.parameters())) == 2
    assert len(list(twice.named_parameters(remove_duplicate=False))) == 4
    assert [name for name, _ in twice.named_children()] == ["a"]


def test_one_module_may_stand_in_two_places(torch):
    """It is one of the children, but runs twice."""
    layer = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        layer.weight.fill_(3.0)
    net = torch.nn.Sequential(layer, layer)
    assert (len(net), len(list(net.children())), net(torch.ones(1)).item()) == (2, 1, 9.0)


@pytest.mark.parametrize(("reduction", "value"), [("mean", 2.5), ("sum", 5.0), ("none", [1.0, 4.0])])
def test_the_squared_error(torch, reduction, value):
    """Its mean, its sum, or each square."""
    x, y = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([2.0, 4.0])
    loss = torch.nn.MSELoss(reduction=reduction)(x, y)
    assert (loss.tolist(), loss.grad_fn.name()) == (value, "MseLossBackward0")
    loss.sum().backward()
    scale = 0.5 if reduction == "mean" else 1.0
    assert x.grad.tolist() == [-2.0 * scale, -4.0 * scale]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [0.8, 0.64]),
        ({"momentum": 0.5}, [0.8, 0.54]),
        ({"weight_decay": 1.0}, [0.7, 0.49]),
    ],
)
def test_gradient_descent(torch, options, expected):
    """Two steps on x² from 1, with lr 0.1."""
    x = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.1, **options)
    seen = []
    for _ in range(2):
        optimizer.zero_grad()
        (x * x).backward()
        optimizer.step()
        seen.append(x.item())
    assert seen == pytest.approx(expected)
    assert x.requires_grad


def test_zeroing_gradients(torch):
    """To None by default, in place if asked."""
    x = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.1)
    (x * 3).backward()
    kept = x.grad
    optimizer.zero_grad(set_to_none=False)
    assert x.grad is kept
    assert kept.item() == 0.0
    optimizer.zero_grad()
    assert x.grad is None
    optimizer.step()
    assert x.item() == 1.0
    layer = torch.nn.Linear(1, 1)
    layer(torch.ones(1, 1)).sum().backward()
    shared = layer.bias.grad.detach()
    layer.zero_grad(set_to_none=False)
    assert shared.tolist() == layer.bias.grad.tolist() == [0.0]
    layer.zero_grad()
    assert layer.bias.grad is None


@pytest.mark.parametrize("zero_grad", [lambda t, m: m, lambda t, m: t.optim.SGD(m.parameters())], ids=["module", "SGD"])
def test_emptying_a_recorded_gradient_takes_it_out_of_its_graph(torch, zero_grad):
    """So does emptying one that is a leaf with the flag; a plain part of other memory stays what it is."""
    layer = torch.nn.Linear(1, 1)
    parameter = layer.weight
    parameter.grad = (recorded := parameter * 2)
    zero_grad(torch, layer).zero_grad(set_to_none=False)
    assert (parameter.grad is recorded, recorded.tolist()) == (True, [[0.0]])
    assert (recorded.is_leaf, recorded.requires_grad) == (True, False)
    parameter.grad = torch.ones(1, 1, requires_grad=True)
    zero_grad(torch, layer).zero_grad(set_to_none=False)
    assert (parameter.grad.tolist(), parameter.grad.requires_grad) == ([[0.0]], False)
    memory = torch.ones(2, 1)
    parameter.grad = memory[0:1]
    zero_grad(torch, layer).zero_grad(set_to_none=False)
    assert memory.tolist() == [[0.0], [1.0]]


def test_training_with_microbatches_is_training(torch):
    """Four accumulated quarters make the same step as the whole batch."""
    data = torch.tensor([[0.0], [1.0], [2.0], [3.0]])
    target = data * 2 + 1

    def trained(parts):
        net = torch.nn.Sequential(torch.nn.Linear(1, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
        with torch.no_grad():
            for place, parameter in enumerate(net.parameters()):
                parameter.copy_((torch.arange(parameter.numel()).reshape(parameter.shape) - 1.5) * 0.1 * (place + 1))
        optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.05), torch.nn.MSELoss()
        for _ in range(20):
            optimizer.zero_grad()
            for x, y in zip(data.chunk(parts), target.chunk(parts), strict=True):
                (loss(net(x), y) / parts).backward()
            optimizer.step()
        return loss(net(data), target).item()

    whole, quarters = trained(1), trained(4)
    assert quarters == pytest.approx(whole, rel=1e-4)
    assert whole < 3.0


def test_a_layer_takes_vectors_and_batches_as_rows(torch):
    """All but the last dimension are rows of one product, which a view brings into shape."""
    layer = torch.nn.Linear(3, 2)
    for shape in [(3,), (2, 4, 3)]:
        y = layer(torch.ones(*shape))
        assert y.shape == (*shape[:-1], 2)
        assert (y.grad_fn.name(), y.grad_fn.next_functions[0][0].name()) == ("ViewBackward0", "AddmmBackward0")


def test_a_module_prints_its_children(torch):
    """One line each, deeper ones indented."""
    inner = torch.nn.Sequential(torch.nn.ReLU())

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = inner
            self.last = torch.nn.Tanh()

    net = Net()
    assert repr(net) == "Net(\n  (inner): Sequential(\n    (0): ReLU()\n  )\n  (last): Tanh()\n)"
    assert [name for name, _ in net.named_children()] == ["inner", "last"]
    assert next(net.children()) is inner


def test_modules_take_arguments_by_name(torch):
    """As their `forward` does."""
    layer = torch.nn.Linear(2, 1)
    x = torch.ones(1, 2)
    assert layer(input=x).item() == layer(x).item()
    assert torch.nn.Tanh()(input=x).tolist() == torch.nn.functional.tanh(input=x).tolist() == x.tanh().tolist()
    assert torch.nn.MSELoss()(input=x, target=x * 3).item() == 4.0
    assert torch.nn.functional.linear(input=x, weight=x, bias=x[0, 0]).item() == 3.0


def test_a_layer_may_change_its_input(torch):
    """`inplace` of ReLU, as a layer and as a function."""
    y, z = (torch.tensor([-1.0, 2.0], requires_grad=True) * 1 for _ in range(2))
    layer = torch.nn.ReLU(inplace=True)
    assert (layer(y) is y, torch.nn.functional.relu(z, inplace=True) is z, repr(layer)) == (
        True,
        True,
        "ReLU(inplace=True)",
    )
    assert (y.tolist(), z.tolist(), y.grad_fn.name()) == ([0.0, 2.0], [0.0, 2.0], "ReluBackward0")


def test_settings_have_pytorchs_places(torch):
    """Momentum is the third, weight decay the fifth."""
    x = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([x], 0.1, 0.5, 0, 0.1)
    for _ in range(2):
        x.grad = torch.tensor(1.0)
        optimizer.step()
    assert x.item() == pytest.approx(1 - 0.11 - (0.055 + 0.1089))


def test_an_optimizer_prints_with_its_settings(torch):
    """Those that have changed since as they are now."""
    optimizer = torch.optim.SGD([torch.tensor(1.0, requires_grad=True)], 0.1, momentum=0.9, foreach=False)
    assert repr(optimizer) == (
        "SGD (\nParameter Group 0\n    dampening: 0\n    differentiable: False\n    foreach: False\n    fused: None\n"
        "    lr: 0.1\n    maximize: False\n    momentum: 0.9\n    nesterov: False\n    weight_decay: 0\n)"
    )


def test_a_part_of_a_sequence_is_a_sequence(torch):
    """With the very modules, under their names."""
    both = torch.nn.Sequential(torch.nn.Tanh(), torch.nn.ReLU())
    assert (repr(both[1:]), both[1:][0] is both[-1]) == ("Sequential(\n  (1): ReLU()\n)", True)


def test_parameters_by_name(torch):
    """Names may begin with a word; without the modules inside, there are own parameters alone."""
    net = torch.nn.Sequential(torch.nn.Linear(1, 1, bias=False))
    assert [name for name, _ in net.named_parameters(prefix="net")] == ["net.0.weight"]
    assert (list(net.parameters(recurse=False)), len(list(net[0].parameters(recurse=False)))) == ([], 1)


def test_a_parameter_given_twice_is_optimized_with_a_warning(torch):
    """It moves twice as far."""
    x = torch.tensor(1.0, requires_grad=True)
    with pytest.warns(UserWarning, match="optimizer contains a parameter group with duplicate parameters; in future"):
        optimizer = torch.optim.SGD([x, x], lr=0.1)
    x.backward()
    optimizer.step()
    assert x.item() == pytest.approx(0.8)


def test_a_step_may_be_given_a_closure(torch):
    """It is called first, with gradients recorded; the step returns its loss."""
    x = torch.tensor(2.0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.1)

    def closure():
        optimizer.zero_grad()
        loss = x * x
        loss.backward()
        return loss

    with torch.no_grad():
        loss = optimizer.step(closure)
    assert (loss.item(), loss.requires_grad, x.item()) == (4.0, True, pytest.approx(1.6))
    assert optimizer.step(closure=closure).item() == pytest.approx(2.56)
    assert optimizer.step() is None


def test_a_loss_of_different_shapes_is_broadcast_with_a_warning(torch):
    """What students often get wrong is said, and computed as they wrote it."""
    x = torch.tensor([[1.0], [2.0]], requires_grad=True)
    with pytest.warns(UserWarning, match=r"Using a target size \(torch.Size\(\[2\]\)\) that is different"):
        loss = torch.nn.functional.mse_loss(x, torch.tensor([1.0, 2.0]))
    loss.backward()
    assert (loss.item(), x.grad.tolist()) == (0.5, [[-0.5], [0.5]])
