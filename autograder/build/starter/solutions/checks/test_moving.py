"""What students never see: other numbers than the public checks have, and the points."""

from autograder import exercise


@exercise("moving.average", points=2, truth="reference")
def test_any_numbers_at_any_width(torch, see, rng):
    """Whatever the numbers, whatever the width."""
    values = rng.normal(size=7).tolist()
    for width in (1, 3, 7, 8):
        see.value(torch.moving_average(values, width), label=f"width {width}")
