"""A gradebook that is locked, full, read-only, damaged or newer: a sentence, and every grade is still there."""

from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, event, text

from autograder.gradebook.opening import REVISION
from autograder.gradebook.store import Gradebook, file_url
from autograder.model.errors import MachineError, UsageError
from autograder.model.mark import Mark
from tests.gradebook.conftest import WHEN


@pytest.fixture
def path(tmp_path):
    """Where a gradebook may be made."""
    return tmp_path / "gradebook.db"


@pytest.fixture
def filled(url, attempt):
    """The URL of a gradebook that holds an attempt of Ada's."""
    with Gradebook(url) as gradebook:
        gradebook.store(attempt())
    return url


def students(url):
    """Whose attempts a gradebook holds."""
    with Gradebook(url) as gradebook:
        return [attempt.student for attempt in gradebook.latest()]


def run(url, statement):
    """Run a statement as another program does, outside of transactions."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def held(url):
    """Another program holds the attempts for the length of the block."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    is_file = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        connection.execute(text("begin exclusive" if is_file else "begin"))
        if not is_file:
            connection.execute(text("lock table attempts in access exclusive mode"))
        yield
        connection.execute(text("rollback"))
    engine.dispose()


def test_another_program_holds_it(filled, attempt):
    """Waiting has an end, on each database."""
    is_file = filled.startswith("sqlite")
    hurried = filled + ("?timeout=0.05" if is_file else "?options=-c%20lock_timeout%3D50")
    with (
        Gradebook(hurried) as gradebook,
        held(filled),
        pytest.raises(MachineError, match="another program holds it: close that program, or wait for its run to end"),
    ):
        gradebook.store(attempt("bob"))
    assert students(filled) == ["ada"]


@pytest.mark.postgres
def test_a_server_is_not_waited_for_without_end(server):
    """A lock is given up after half a minute, unless the URL says otherwise."""
    for options, wait in (("", "30s"), ("?options=-c%20lock_timeout%3D50", "50ms")):
        with Gradebook(server.new_database() + options) as gradebook, gradebook._engine.connect() as connection:
            assert connection.execute(text("show lock_timeout")).scalar_one() == wait


def test_it_is_of_a_newer_autograder(filled):
    """It is left alone, on each database; the newer one finds everything."""
    run(filled, "update alembic_version set version_num = '9999'")
    with pytest.raises(
        UsageError, match=r"newer autograder \(schema 9999, this one knows \d+\): install the newer one"
    ):
        Gradebook(filled)
    run(filled, f"update alembic_version set version_num = '{REVISION}'")
    assert students(filled) == ["ada"]


def test_it_can_only_be_read(filled, path, attempt):
    """What it holds can be read, and nothing is added."""
    is_file = filled.startswith("sqlite")
    if not is_file:
        run(filled, f"alter database {filled.rpartition('/')[2]} set default_transaction_read_only = on")
    with (
        Gradebook(f"sqlite:///file:{path}?mode=ro&uri=true" if is_file else filled) as gradebook,
        pytest.raises(UsageError, match="it can't be written: give yourself the right to write it, or name another"),
    ):
        gradebook.store(attempt("bob"))
    assert students(filled) == ["ada"]


def test_its_disk_is_full(path, attempt):
    """An attempt that has no room is not stored in part."""
    with Gradebook(file_url(path)) as gradebook:
        gradebook.store(attempt())
        gradebook._engine.dispose()
        event.listen(gradebook._engine, "connect", lambda opened, _: opened.execute("pragma max_page_count = 1"))
        with pytest.raises(
            MachineError, match="the disk is full: make room, and grade again; what was stored is still"
        ):
            gradebook.store(attempt("bob"), b"evidence" * 10_000)
    assert students(file_url(path)) == ["ada"]


def test_its_file_is_damaged(path, attempt):
    """The sentence says to keep a copy; nothing is written over it."""
    with Gradebook(file_url(path)) as gradebook:
        gradebook.store(attempt(), b"evidence" * 10_000)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * 4096 * 20 + content[4096 * 21 :])
    damaged = path.read_bytes()
    with pytest.raises(MachineError, match="the file is damaged: keep a copy, and restore a backup or move it away"):
        students(file_url(path))
    assert path.read_bytes() == damaged


def test_a_mark_for_what_the_course_does_not_have(filled, course, checks):
    """It is refused with the way to name things, on each database; Ada's attempt is there."""
    mark = Mark(student="ada", target="edge::gone", by="Grace", at=WHEN, points=1)
    with Gradebook(filled) as gradebook:
        with pytest.raises(UsageError, match="no check, exercise or unit of the course is called edge::gone: name one"):
            gradebook.mark(mark, course, checks)
        assert gradebook.marks() == ()
    assert students(filled) == ["ada"]
