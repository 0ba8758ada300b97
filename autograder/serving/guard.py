"""Who may ask the server, and what a page of it may do.

It listens on this machine alone; whoever asks must have been given the token, in the address that the command printed
and from then on in a cookie. A page of another site can neither read anything (the cookie is not sent along) nor send a
form (which needs a secret of its own), and a name that leads here (DNS rebinding) is not taken for this machine.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The token of one server, and the names that it goes by."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """Where to begin: with the token, which the first page takes out of the address."""
        return f"http://{LOOPBACK}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name; browsers share cookies among the ports of a machine."""
        return f"autograder-{self.port}"

    def is_host(self, host: str) -> bool:
        """Whether a request names this server."""
        return host in (f"{LOOPBACK}:{self.port}", f"localhost:{self.port}")

    def knows(self, token: str | None) -> bool:
        """Whether this is the token."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())

    def is_from_here(self, headers: Mapping[str, str]) -> bool:
        """Whether a form was sent by a page of this server, as far as the browser says."""
        return headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
