"""The server answers one instructor on one machine, and nobody else."""

import asyncio
import http.client
import re
from urllib.parse import quote, urlencode, urlsplit

import pytest

from autograder.model.errors import UsageError
from autograder.serving.guard import Guard
from autograder.serving.server import serve

CONSTANT = "test_node::test_constant"


class Client:
    """A browser without a window, which keeps cookies."""

    def __init__(self, address):
        self.start = urlsplit(address)
        self.cookies = {}

    def ask(self, method, path, form=None, **headers):
        """The status, the headers and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.start.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": self.start.netloc, "Cookie": cookies, **headers}
        body = None
        if form is not None:
            body, sent["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def secret(self):
        """What the forms of a page have to send."""
        return re.search(r'name="_xsrf" value="([^"]+)"', self.ask("GET", "/")[2])[1]


@pytest.fixture
def client(address):
    """One who opened the address."""
    opened = Client(address)
    assert opened.ask("GET", f"/?{opened.start.query}")[0] == 303
    return opened


def test_the_token_is_taken_out_of_the_address(client):
    """It stays in a cookie that no script and no other site can use."""
    status, headers, _ = Client(client.start.geturl()).ask("GET", f"/?{client.start.query}")
    assert (status, headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= set(headers["Set-Cookie"].split("; "))


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/students/bob.html", "/feedback/bob.html", "/nowhere", "/?token=x"]
)
def test_nobody_without_the_token_is_told_anything(address, path):
    """Not even whether a page is there."""
    status, _, text = Client(address).ask("GET", path)
    assert status == 403
    assert "it holds the token that this page asks for" in text
    assert "Autograd from inside" not in text
    assert "bob" not in text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""])
def test_a_foreign_name_is_refused(client, host):
    """A name that another site made lead here is not taken for this machine."""
    status, _, text = client.ask("GET", "/", Host=host)
    assert status in (400, 403)
    assert status == 400 or "This server answers to 127.0.0.1 and localhost alone." in text
    assert "bob" not in text


def test_the_pages_of_a_run_can_be_browsed(client, run):
    """The class as it lies there, each student with forms, the feedback as it was written."""
    assert "the class" in client.ask("GET", "/index.html")[2]
    assert client.ask("GET", "/checks/one.html")[2] == "one"
    assert client.ask("GET", "/feedback/bob.html")[2] == (run / "feedback/bob.html").read_text("utf-8")
    page = client.ask("GET", "/students/bob.html")[2]
    assert "Since edges have *slots*." in page
    assert 'action="/mark"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/gradebook.db",
        "/students/zoe.html",
        "/checks/two.html",
        "/checks/..%2Findex.html",
        "/feedback/..%2F..%2Fx.html",
    ],
)
def test_nothing_else_of_the_folder_is_given_out(client, tmp_path, path):
    """No gradebook, nothing outside the folder however the address is written."""
    (tmp_path / "x.html").write_text("outside")
    status, _, text = client.ask("GET", path)
    assert status == 404
    assert "There is no such page." in text


def test_every_answer_forbids_what_it_can(client):
    """No frame, no cache, no other site."""
    for path in ("/", "/nowhere"):
        headers = client.ask("GET", path)[1]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def mark(client, **changes):
    """Send a mark of Bob's as the page does."""
    form = {"_xsrf": client.secret(), "student": "bob", "target": CONSTANT, "action": "given", "points": "1.5"}
    return client.ask("POST", "/mark", {**form, **changes})


def test_a_mark_is_kept_and_shown(client, desk):
    """Back to where it was given, which says so, and shows who gave it."""
    status, headers, _ = mark(client, comment="half <right>")
    assert (status, headers["Location"]) == (303, f"/students/bob.html?done=marked#{quote(f'mark-{CONSTANT}')}")
    page = client.ask("GET", "/students/bob.html?done=marked")[2]
    assert "The mark is kept." in page
    assert "half &lt;right&gt;" in page
    assert [(each.points, each.by) for each in desk.gradebook.marks("bob")] == [(1.5, "Ada")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"points": "7"}, "has 0 to 2 points, and the mark 7"),
        ({"points": "two"}, "&#39;two&#39; is no number; write points as 2 or 1.5"),
        ({"points": "nan"}, "are no points: give numbers"),
        ({"target": "nothing"}, "is called nothing"),
        ({"student": "zoe"}, "zoe"),
        ({"action": "praise"}, "&#39;praise&#39; is nothing that a mark can do"),
    ],
)
def test_a_mark_that_cannot_be_is_told(client, desk, changes, told):
    """In a sentence, and nothing is kept."""
    status, _, text = mark(client, **changes)
    assert status == 400
    assert told in text
    assert desk.gradebook.marks() == ()


@pytest.mark.parametrize("path", ["/mark", "/release"])
@pytest.mark.parametrize("trick", [{"_xsrf": "guessed"}, {"_xsrf": ""}, {"site": "cross-site"}])
def test_a_form_of_another_site_does_nothing(client, desk, path, trick):
    """Without the page's secret, or as the browser says from elsewhere, even with the cookie."""
    form = {"_xsrf": trick.get("_xsrf", client.secret()), "student": "bob", "target": CONSTANT, "action": "given"}
    status, _, text = client.ask("POST", path, form, **{"Sec-Fetch-Site": trick.get("site", "same-origin")})
    assert status == 403
    assert "No page of this server sent this." in text
    assert desk.gradebook.marks() == desk.gradebook.releases() == ()


def test_feedback_is_released_and_taken_back(client, desk):
    """One student's, everybody's, one's no more."""
    secret = client.secret()
    for form, done in (
        ({"student": "bob", "action": "release"}, "/students/bob.html?done=released%201#"),
        ({"action": "release"}, "/?done=released%204#"),
        ({"student": "bob", "action": "withdraw"}, "/students/bob.html?done=withdrawn#"),
    ):
        status, headers, _ = client.ask("POST", "/release", {"_xsrf": secret, **form})
        assert (status, headers["Location"]) == (303, done)
    assert "Feedback released: 4" in client.ask("GET", "/?done=released%204")[2]
    assert [each.student for each in desk.standings() if not each.released] == ["bob"]


def test_what_was_done_is_said_in_our_words_alone(client):
    """An address can't make a page say anything else."""
    page = client.ask("GET", "/?done=released%20<b>all</b>")[2]
    assert "Feedback released: 0" in page
    assert 'class="card said"' not in client.ask("GET", "/?done=nothing")[2]


def test_a_fault_of_ours_is_told_without_a_traceback(client, desk, monkeypatch, caplog):
    """The instructor may go on; the traceback is for us."""
    monkeypatch.setattr(type(desk), "standings", lambda self: 1 / 0)
    status, _, text = client.ask("GET", "/")
    assert status == 500
    assert "The server failed (ZeroDivisionError)" in text
    assert "Traceback" not in text
    assert "ZeroDivisionError" in caplog.text


def test_a_port_that_is_taken_is_told(client, desk):
    """With what to do."""
    with pytest.raises(UsageError, match=r"port \d+ can't be used \(.*\); name another one with --port"):
        asyncio.run(serve(desk, client.start.port, print))


def test_a_token_is_never_shown_by_accident():
    """A guard in a traceback does not give it away, and no two have the same."""
    one, other = Guard(port=1), Guard(port=1)
    assert one.token not in repr(one)
    assert one.token != other.token
    assert not one.knows(None)
    assert not one.knows("")
