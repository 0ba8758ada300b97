"""Anomaly mode: where a node that fails was recorded."""

import re
import warnings
from pathlib import Path

import pytest

from tests.reference.conftest import leaf


def test_anomaly_mode_names_the_operation_that_gave_nan(torch):
    """And remembers where it was recorded."""
    x = leaf(torch, -1.0)
    with torch.autograd.set_detect_anomaly(True):
        y = x.sqrt()
        assert list(y.grad_fn.metadata) == ["traceback_"]
        with (
            pytest.warns(UserWarning, match="Error detected in SqrtBackward0"),
            pytest.raises(RuntimeError, match=r"Function 'SqrtBackward0' returned nan values in its 0th output\."),
        ):
            y.backward()
    assert (x * 2).grad_fn.metadata == {}


def test_anomaly_mode_can_leave_nan_alone(torch):
    """With `check_nan=False` it only remembers."""
    x = leaf(torch, -1.0)
    with torch.autograd.set_detect_anomaly(True, check_nan=False):
        x.sqrt().backward()
    assert x.grad.item() != x.grad.item()


def test_detect_anomaly_is_a_block(torch):
    """It begins with the block, after a warning, and ends with it."""
    x = leaf(torch)
    with pytest.warns(UserWarning, match=r"Anomaly Detection has been enabled\. This mode will increase the runtime"):
        block = torch.autograd.detect_anomaly()
    assert (x * 2).grad_fn.metadata == {}
    with block:
        assert "traceback_" in (x * 2).grad_fn.metadata
    assert (x * 2).grad_fn.metadata == {}


def _changed(torch, x):
    y = x * 1
    z = y * y
    y.add_(1)
    return z


def _hooked(torch, x):
    y = x * x
    y.register_hook(lambda gradient: 1 / 0)
    return y


FAILURES = {
    "changed in place": (
        _changed,
        RuntimeError,
        "Hint: the backtrace further above shows the operation",
        "MulBackward0",
    ),
    "hook": (_hooked, ZeroDivisionError, "division by zero", "MulBackward0"),
    "no formula": (
        lambda t, x: x.floor_divide(2),
        RuntimeError,
        "floor_divide is not impl",
        "torch::autograd::NotImplemented",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_whatever_fails_comes_with_the_lines_that_recorded_it(torch, name):
    """The last of them is the user's own; the error is as ever, but for the hint to look above."""
    record, error, text, node = FAILURES[name]
    with torch.autograd.set_detect_anomaly(True, check_nan=False):
        y = record(torch, leaf(torch))
        with (
            pytest.warns(UserWarning, match="^Error detected in") as shown,
            pytest.raises(error, match=re.escape(text)),
        ):
            y.backward()
    (warning,) = [str(each.message) for each in shown]
    assert warning.startswith(f"Error detected in {node}. Traceback of forward call that caused the error:\n  File ")
    assert Path(__file__).name in warning.rpartition("File")[2]


def test_a_node_that_was_recorded_before_has_no_lines_to_show(torch):
    """That is said, with what to do."""
    y = _changed(torch, leaf(torch))
    text = (
        "Error detected in MulBackward0. No forward pass information available. Enable detect anomaly during forward "
        "pass for more information."
    )
    with (
        torch.autograd.set_detect_anomaly(True),
        pytest.warns(UserWarning, match=f"^{re.escape(text)}"),
        pytest.raises(RuntimeError, match=r"changed in there or anywhere later\. Good luck!$"),
    ):
        y.backward()


def test_without_the_mode_an_error_comes_alone(torch):
    """No warning, and the hint how to switch the mode on."""
    y = _changed(torch, leaf(torch))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RuntimeError, match="Hint: enable anomaly detection to find the operation that failed"):
            y.backward()


def test_the_mode_is_a_truth_value(torch):
    """Whole numbers are none."""
    with pytest.raises(
        TypeError, match=re.escape("set_anomaly_enabled(): argument 'enabled' (position 1) must be bool")
    ):
        torch.autograd.set_detect_anomaly(1)
    with pytest.raises(TypeError, match=re.escape("argument 'check_nan' (position 2) must be bool, not str")):
        torch.autograd.set_detect_anomaly(True, "yes")
    assert (leaf(torch) * 2).grad_fn.metadata == {}
