"""A headless Chromium that opens a page and says what it evaluates there, through its own debugging protocol."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tornado.websocket import WebSocketClientConnection, websocket_connect

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
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
READY = "location.protocol === 'file:' && document.readyState === 'complete'"


def evaluate(page: Path, expressions: list[str], profile: Path) -> list[object]:
    """What each JavaScript expression gives in the page, in order; a promise is waited for."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", page.as_uri()]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
        try:
            return asyncio.run(_ask(_address(page, profile), expressions))
        finally:
            browser.kill()


def _address(page: Path, profile: Path) -> str:
    """Where the page listens, as soon as it does."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        told = profile / "DevToolsActivePort"
        if told.exists() and (lines := told.read_text().split()):
            with urlopen(f"http://127.0.0.1:{lines[0]}/json/list") as answer:
                pages = [target for target in json.load(answer) if target["url"] == page.as_uri()]
            if pages:
                return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.05)
    raise TimeoutError("the browser did not start")


async def _ask(address: str, expressions: list[str]) -> list[object]:
    connection = await websocket_connect(address, max_message_size=50_000_000)
    try:
        while not await _evaluate(connection, READY):
            await asyncio.sleep(0.05)
        return [await _evaluate(connection, expression) for expression in expressions]
    finally:
        connection.close()
        while await connection.read_message() is not None:
            pass


async def _evaluate(connection: WebSocketClientConnection, expression: str) -> object:
    parameters = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    await connection.write_message(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": parameters}))
    answer = json.loads(await connection.read_message())
    if "exceptionDetails" in answer["result"]:
        raise ValueError(answer["result"]["exceptionDetails"]["exception"]["description"])
    return answer["result"]["result"].get("value")
