"""The film in a real browser: moved by hand, by keys, by itself; in a page, in a notebook, without a script."""

import mytorch
import pytest

from autograder import draw
from tests.drawing.programs import diamond
from tests.report import browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed"),
]

SEEN = "[...document.querySelectorAll('.ag-frame')].filter((f) => f.offsetParent).map((f) => f.dataset.number).join()"
SAID = "document.querySelector('.ag-said').textContent.split('\\n')[0]"


@pytest.fixture
def film():
    """The film of `h * h + x`: seven frames."""
    out, leaves = diamond(mytorch)
    return draw.backward(out, **leaves)


def ask(tmp_path, html, asked):
    """What the expressions give, one after the other, in a page with this text."""
    page = tmp_path / "film.html"
    page.write_text(html, "utf-8")
    return browser.evaluate(page, asked, tmp_path / "profile")


def click(name):
    """A click on a button, then the frames that are seen."""
    return f"document.querySelector('.{name}').click(); {SEEN}"


def press(key, target=".ag-slider", **modifiers):
    """A key pressed in the film, then the frames that are seen."""
    options = ", ".join([f"key: '{key}'", "bubbles: true", *(f"{name}: true" for name in modifiers)])
    return f"document.querySelector('{target}').dispatchEvent(new KeyboardEvent('keydown', {{{options}}})); {SEEN}"


def test_one_frame_is_seen_and_buttons_move_it(tmp_path, film):
    """To and fro, and not beyond the ends; what the frame says is told to screen readers."""
    is_off = "[document.querySelector('.ag-previous').disabled, document.querySelector('.ag-next').disabled]"
    slider = "document.querySelector('.ag-slider').getAttribute('aria-valuetext')"
    slide = f"s = document.querySelector('.ag-slider'); s.value = 6; s.dispatchEvent(new Event('input')); {SEEN}"
    asked = [SEEN, is_off, click("ag-next"), SAID, slider, click("ag-previous"), slide, is_off]
    heading = "Step 1 of 5: AddBackward0 runs"
    answers = ["0", [True, False], "1", heading, heading, "0", "6", [False, True]]
    assert ask(tmp_path, film.page, asked) == answers


def test_keys_move_it_and_stay_inside(tmp_path, film):
    """Arrows, Home and End; a notebook around the film doesn't hear of them, nor the film of the browser's own keys."""
    listen = "heard = 0; document.addEventListener('keydown', () => { heard += 1; }); 0"
    asked = [
        listen,
        press("ArrowRight"),
        press("ArrowRight", ".ag-play"),
        press("ArrowLeft"),
        press("End"),
        press("Home"),
    ]
    asked += [press("ArrowRight", altKey=True), press("x"), "heard"]
    assert ask(tmp_path, film.page, asked) == [0, "1", "2", "1", "6", "0", "0", "0", 0]


def test_it_plays_to_its_end_and_can_be_paused(tmp_path, film):
    """The button says what it will do; at the end it plays from the start again."""
    label = "document.querySelector('.ag-play').textContent"
    fast = "const real = window.setInterval; window.setInterval = (work) => real(work, 5); 0"
    look = f"const look = () => {label} === 'Play' || tries++ > 400 ? done({SEEN}) : setTimeout(look, 5);"
    ended = f"new Promise((done) => {{ let tries = 0; {look} look(); }}).then((seen) => [seen, {label}])"
    asked = [click("ag-play"), label, click("ag-play"), label, fast, click("ag-play"), ended]
    asked += [f"window.setInterval = () => 1; {click('ag-play')}"]
    assert ask(tmp_path, film.page, asked) == ["0", "Pause", "0", "Play", 0, "0", ["6", "Play"], "0"]


def test_two_films_in_one_page_move_alone(tmp_path, film):
    """As in a notebook that shows the same film twice."""
    page = f"<!doctype html><title>x</title>{film._repr_html_()}{film._repr_html_()}"
    assert ask(tmp_path, page, [SEEN, click("ag-next")]) == ["0,0", "1,0"]


def test_a_notebook_may_run_the_script_by_itself(tmp_path, film):
    """Set into the page as text, with the script run from elsewhere, as some notebooks do."""
    page = f"<!doctype html><title>x</title><template>{film.html}</template><main></main>"
    insert = """
        const made = document.querySelector('template').content.cloneNode(true);
        const script = made.querySelector('script');
        script.remove();
        document.querySelector('main').append(made);
        new Function(script.textContent)();
    """
    assert ask(tmp_path, page, [f"{insert} {SEEN}", click("ag-next")]) == ["0", "1"]


def test_vs_code_runs_the_script_beside_the_film(tmp_path, film):
    """In a frame of its own, with a new script element at the end of the output, which is gone at once.

    So does `domEval` in extensions/notebook-renderers/src/index.ts of VS Code.
    """
    frame = "<!doctype html><main></main>"
    page = f"""<!doctype html><title>x</title><template>{film.html}</template>
        <iframe sandbox="allow-scripts allow-same-origin" srcdoc="{frame}"></iframe>"""
    insert = """
        inside = document.querySelector('iframe').contentDocument;
        const show = () => {
            const output = inside.createElement('div');
            inside.querySelector('main').appendChild(output);
            output.innerHTML = document.querySelector('template').innerHTML;
            for (const node of [...output.getElementsByTagName('script')]) {
                const script = inside.createElement('script');
                script.text = node.innerText;
                output.appendChild(script).parentNode.removeChild(script);
            }
        };
        show(); show();
    """
    seen = SEEN.replace("document.", "inside.")
    asked = [f"{insert} {seen}", f"inside.querySelector('.ag-next').click(); {seen}"]
    assert ask(tmp_path, page, asked) == ["0,0", "1,0"]


def test_without_a_script_all_frames_are_seen(tmp_path, film):
    """One below the other, with words, and no button that would do nothing."""
    page = film.page.replace("script-src 'unsafe-inline'", "script-src 'none'")
    bar = "document.querySelector('.ag-bar').offsetParent === null"
    assert ask(tmp_path, page, [SEEN, bar]) == ["0,1,2,3,4,5,6", True]


@pytest.mark.parametrize("background", ["black", "white"])
def test_it_is_read_on_any_background(tmp_path, film, background):
    """It brings its own: a notebook can be dark where the system is light, and the other way round."""
    page = f"<!doctype html><title>x</title><body style='background: {background}'>{film.html}"
    style = "getComputedStyle(document.querySelector('.ag-film'))"
    assert ask(tmp_path, page, [f"[{style}.color, {style}.backgroundColor]"]) == [
        ["rgb(28, 34, 48)", "rgb(255, 255, 255)"]
    ]


def test_nothing_is_fetched_and_nothing_is_wider_than_the_page(tmp_path, film):
    """On a telephone, too."""
    widest = "Math.max(...[...document.querySelectorAll('svg')].map((svg) => svg.clientWidth))"
    asked = ["performance.getEntriesByType('resource').length", f"document.body.style.width = '340px'; {widest} <= 340"]
    assert ask(tmp_path, film.page, asked) == [0, True]


def test_motion_only_where_it_is_wanted(tmp_path, film):
    """The flow along the wires stands still for those who asked for less motion."""
    rules = "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])"
    asked = [
        f"{rules}.filter((rule) => /animation/.test(rule.cssText)).map((rule) => rule.conditionText).join()",
    ]
    assert ask(tmp_path, film.page, asked) == ["(prefers-reduced-motion: no-preference)"]
