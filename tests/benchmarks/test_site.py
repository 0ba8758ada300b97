"""The benchmark of the class's page still runs."""

import pytest

from tests.benchmarks import site
from tests.report import browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed"),
]


def test_every_figure_is_measured(tmp_path):
    """Each takes some time, of a class larger than what is laid out at once."""
    assert all(figure > 0 for figure in site.quickness(300, tmp_path))
    assert site.page_of(300).count('<tr><th scope="row"><a href="students/') == 300
