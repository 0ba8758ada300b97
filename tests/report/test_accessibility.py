"""Nothing on any page keeps people from using it, as far as axe-core can tell; light, dark and on paper."""

import pytest

from tests.report import browser
from tests.report.test_pages import NAMES, pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not browser.AXE.exists(), reason="axe-core is not installed: see .ci/run"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_has_a_serious_fault(language, tmp_path):
    """Contrast, names, roles, order of headings, keyboard."""
    found = {}
    with browser.tab(tmp_path / "profile") as tab:
        for name, html in pages(language=language).items():
            (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
            tab.open((tmp_path / f"{name}.html").as_uri())
            for look in ({"scheme": "light"}, {"scheme": "dark"}, {"media": "print", "scheme": "dark"}):
                tab.emulate(**look)
                found[name, next(iter(look.values()))] = tab.serious_faults()
    assert found == {(name, look): [] for name in NAMES for look in ("light", "dark", "print")}


def test_a_fault_would_be_seen(tmp_path):
    """Grey on grey, and a picture without a name."""
    page = tmp_path / "bad.html"
    page.write_text(
        '<!doctype html><p style="color:#aaa;background:#bbb">faint</p><img src="data:,">', encoding="utf-8"
    )
    with browser.tab(tmp_path / "profile") as tab:
        tab.open(page.as_uri())
        assert {fault.partition(":")[0] for fault in tab.serious_faults()} >= {"color-contrast", "image-alt"}
