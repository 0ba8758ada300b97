"""What is answered to each request: the pages, and what their forms do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import quote

from tornado.web import HTTPError, RequestHandler

from autograder.grading import places
from autograder.model.errors import AutograderError, UsageError
from autograder.model.ids import CheckId, StudentId
from autograder.model.language import sentence, translate
from autograder.model.mark import Action, Mark
from autograder.report.marking import desk_page, marking_page, said_page
from autograder.serving.guard import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from types import TracebackType

    from autograder.serving.desk import Desk
    from autograder.serving.guard import Guard

P = ParamSpec("P")
R = TypeVar("R")

DONE = {
    "marked": sentence("The mark is kept. The student sees it when the feedback is released again."),
    "released": sentence("Feedback released: {count}"),
    "withdrawn": sentence("The release is withdrawn. Take back the page that the student has, too."),
}
NOT_DONE = sentence("This was not done")
NO_TOKEN = sentence("Open the address that `autograder serve` printed: it holds the token that this page asks for.")
NOT_THIS_HOST = sentence("This server answers to 127.0.0.1 and localhost alone.")
NOT_FROM_HERE = sentence("No page of this server sent this. Open the page again, and send it from there.")
NO_SUCH_PAGE = sentence("There is no such page. Go back to the list of all students.")
FAILED = sentence("The server failed ({error}); marks that were kept before are still there.")


@dataclass(frozen=True, slots=True)
class Served:
    """What all requests share. One thread uses the desk, so that each request sees what those before it did."""

    desk: Desk
    guard: Guard
    thread: Executor

    async def ask(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Let the desk's thread do something."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, lambda: work(*args, **kwargs))


class Page(RequestHandler):
    """A request by someone who was given the token; all others are refused."""

    def initialize(self, served: Served) -> None:
        """Called by tornado with what the application was made with."""
        self.served = served
        self.desk = served.desk

    def set_default_headers(self) -> None:
        """Of every answer, refusals too."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse who has no business here; take the token out of the address."""
        guard = self.served.guard
        if not guard.is_host(self.request.host):
            raise HTTPError(HTTPStatus.FORBIDDEN, NOT_THIS_HOST)
        if guard.knows(self.get_query_argument("token", None)):
            self.set_cookie(guard.cookie, guard.token, httponly=True, samesite="Strict")
            self.redirect(self.request.path, status=HTTPStatus.SEE_OTHER)
        elif not guard.knows(self.get_cookie(guard.cookie)):
            raise HTTPError(HTTPStatus.FORBIDDEN, NO_TOKEN)

    def check_xsrf_cookie(self) -> None:
        """Refuse a form of another site."""
        try:
            super().check_xsrf_cookie()
        except HTTPError as error:
            raise HTTPError(HTTPStatus.FORBIDDEN, NOT_FROM_HERE) from error
        if not self.served.guard.is_from_here(self.request.headers):
            raise HTTPError(HTTPStatus.FORBIDDEN, NOT_FROM_HERE)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page that says why not, and leads back."""
        error = kwargs["exc_info"][1]
        language = self.desk.plan.language
        if isinstance(error, AutograderError):
            self.set_status(HTTPStatus.BAD_REQUEST if isinstance(error, UsageError) else status_code)
            said = str(error)
        elif isinstance(error, HTTPError):
            said = translate(error.log_message or NO_SUCH_PAGE, language)
        else:
            said = translate(FAILED, language, {"error": type(error).__name__})
        self.finish(said_page(translate(NOT_DONE, language), said, language))

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Only what is our own fault; all else the page says."""
        if not isinstance(value, AutograderError | HTTPError):
            super().log_exception(typ, value, tb)

    def done(self) -> str:
        """What the request before this one did, in words."""
        what, _, count = self.get_query_argument("done", "").partition(" ")
        count = count if count.isdigit() else "0"
        return translate(DONE[what], self.desk.plan.language, {"count": count}) if what in DONE else ""

    def go(self, page: str, done: str, anchor: str = "") -> None:
        """To a page, which says what was done."""
        self.redirect(f"/{quote(page)}?done={quote(done)}#{quote(anchor)}", status=HTTPStatus.SEE_OTHER)

    @property
    def secret(self) -> str:
        """What a form has to send."""
        return self.xsrf_token.decode()


class Everybody(Page):
    """The list of all students."""

    async def get(self) -> None:
        """How they stand."""
        standings = await self.served.ask(self.desk.standings)
        self.finish(desk_page(standings, self.desk.site, secret=self.secret, by=self.desk.by, said=self.done()))


class Student(Page):
    """One student's page, with forms."""

    async def get(self, page: str) -> None:
        """All that there is to see."""
        student = self.desk.student_at(page)
        if student is None:
            raise HTTPError(HTTPStatus.NOT_FOUND, NO_SUCH_PAGE)
        graded, standing = await self.served.ask(lambda: (self.desk.graded(student), self.desk.standing(student)))
        self.finish(marking_page(graded, standing, self.desk.site, secret=self.secret, said=self.done()))


class File(Page):
    """A page as it lies in the folder of the run."""

    def get(self, path: str) -> None:
        """Its bytes; the address may hold slashes that were hidden by encoding."""
        parts = PurePosixPath(path).parts
        file = self.desk.run / path
        if ".." in parts or len(parts) > 2 or not file.is_file():
            raise HTTPError(HTTPStatus.NOT_FOUND, NO_SUCH_PAGE)
        self.finish(file.read_bytes())


class Marking(Page):
    """A mark that was sent."""

    async def post(self) -> None:
        """Keep it, and go back to where it was given."""
        mark = Mark(
            student=StudentId(self.get_body_argument("student")),
            target=CheckId(self.get_body_argument("target")),
            by=self.desk.by,
            at=self.desk.now(),
            action=_action(self.get_body_argument("action", "")),
            points=_number(self.get_body_argument("points", "")),
            out_of=_number(self.get_body_argument("out_of", "")),
            comment=self.get_body_argument("comment", ""),
        )
        await self.served.ask(self.desk.mark, mark)
        self.go(places.page(mark.student), "marked", f"mark-{mark.target}")


class Releasing(Page):
    """A release that was asked for: one student's, or everybody's."""

    async def post(self) -> None:
        """Do it, and go back to where it was asked for."""
        student = StudentId(self.get_body_argument("student", ""))
        if not student:
            count = await self.served.ask(self.desk.release_all)
            self.go("", f"released {count}")
        elif self.get_body_argument("action", "") == "withdraw":
            await self.served.ask(self.desk.withdraw, student)
            self.go(places.page(student), "withdrawn")
        else:
            count = await self.served.ask(self.desk.release, [student])
            self.go(places.page(student), f"released {count}")


class Nowhere(Page):
    """An address that there isn't."""

    def prepare(self) -> None:
        """Refused like any other to who has no token; to all others, not found."""
        super().prepare()
        if not self._finished:
            raise HTTPError(HTTPStatus.NOT_FOUND, NO_SUCH_PAGE)


def _action(text: str) -> Action:
    try:
        return Action(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is nothing that a mark can do; use the buttons of the page") from error


def _number(text: str) -> float:
    """A number as the page sends it; empty is 0."""
    try:
        return float(text or 0)
    except ValueError as error:
        raise UsageError(f"{text[:50]!r} is no number; write points as 2 or 1.5; nothing was marked") from error
