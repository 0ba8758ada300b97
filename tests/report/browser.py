"""A headless Chromium that opens pages and says what it evaluates there, through its own debugging protocol."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tornado.websocket import WebSocketClientConnection, websocket_connect

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / ".cache/npm/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
]
START_S = 30
LOAD_S = 60
SERIOUS = """axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .map((each) => each.id + ": " + each.nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(" | ")))"""


class Tab:
    """A page that is open in a browser."""

    def __init__(self, loop: asyncio.AbstractEventLoop, connection: WebSocketClientConnection) -> None:
        self._loop = loop
        self._connection = connection

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is there."""
        self._loop.run_until_complete(self._ask("Page.navigate", url=address))
        self.wait("location.href !== 'about:blank'")

    def wait(self, condition: str) -> None:
        """Wait until a page is complete on which a condition holds."""
        end = time.monotonic() + LOAD_S
        while time.monotonic() < end:
            try:
                if self.evaluate(f"document.readyState === 'complete' && Boolean({condition})"):
                    return
            except ValueError:  # the page is just being left
                pass
            time.sleep(0.02)
        raise TimeoutError(f"no page on which {condition}")

    def evaluate(self, expression: str) -> object:
        """What a JavaScript expression gives in the page; a promise is waited for."""
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        result = self._loop.run_until_complete(self._ask("Runtime.evaluate", **asked))
        if "exceptionDetails" in result:
            raise ValueError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def serious_faults(self) -> object:
        """What axe-core finds in the page that keeps people from using it."""
        self.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
        return self.evaluate(SERIOUS)

    def emulate(self, **media: str) -> None:
        """Show the page as on paper, or to those who like the dark: `media="print"`, `scheme="dark"`."""
        features = [{"name": "prefers-color-scheme", "value": media.get("scheme", "")}]
        shown = {"media": media.get("media", ""), "features": features}
        self._loop.run_until_complete(self._ask("Emulation.setEmulatedMedia", **shown))

    def press(self, key: str) -> None:
        """Press a key, which whatever has the focus gets: `Tab`, `Enter`."""
        code, text = {"Tab": (9, ""), "Enter": (13, "\r")}[key]
        for kind in ("keyDown", "keyUp"):
            event = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
            sent = event | ({"text": text} if text and kind == "keyDown" else {})
            self._loop.run_until_complete(self._ask("Input.dispatchKeyEvent", **sent))

    def resize(self, width: int) -> None:
        """Make the window so wide, in CSS pixels."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._loop.run_until_complete(self._ask("Emulation.setDeviceMetricsOverride", **size))

    async def _ask(self, method: str, **parameters: object) -> dict:
        await self._connection.write_message(json.dumps({"id": 1, "method": method, "params": parameters}))
        answer = json.loads(await self._connection.read_message())
        if "error" in answer:
            raise ValueError(answer["error"]["message"])
        return answer["result"]


@contextmanager
def tab(profile: Path) -> Iterator[Tab]:
    """A browser with one empty page, ended after the block."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    loop = asyncio.new_event_loop()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
        try:
            connection = loop.run_until_complete(_connected(_address(profile)))
            yield Tab(loop, connection)
            loop.run_until_complete(_closed(connection))
        finally:
            browser.kill()
            loop.close()


def evaluate(page: Path, expressions: list[str], profile: Path) -> list[object]:
    """What each JavaScript expression gives in the page, in order; a promise is waited for."""
    with tab(profile) as opened:
        opened.open(page.as_uri())
        return [opened.evaluate(expression) for expression in expressions]


async def _connected(address: str) -> WebSocketClientConnection:
    return await websocket_connect(address, max_message_size=50_000_000)


async def _closed(connection: WebSocketClientConnection) -> None:
    connection.close()
    while await connection.read_message() is not None:
        pass


def _address(profile: Path) -> str:
    """Where the page listens, as soon as it does."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        told = profile / "DevToolsActivePort"
        if told.exists() and (lines := told.read_text().split()):
            with urlopen(f"http://127.0.0.1:{lines[0]}/json/list") as answer:
                pages = [target for target in json.load(answer) if target["type"] == "page"]
            if pages:
                return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.05)
    raise TimeoutError("the browser did not start")
