"""A gradebook is made, brought up to date, or left alone with a sentence."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from autograder.gradebook import opening
from autograder.gradebook.opening import REVISION
from autograder.gradebook.store import Gradebook, file_url
from autograder.gradebook.tables import Table
from autograder.model.errors import MachineError, UsageError
from autograder.model.submission import Receipt

FIRST = """
create table schema_version (version integer not null primary key);
insert into schema_version values (1);
create table attempts (
    id integer not null primary key, student varchar not null, submission_digest varchar not null,
    course_digest varchar not null, level varchar not null, seed bigint not null, verdicts blob not null,
    findings blob not null, graded_at datetime not null
);
create index ix_attempts_student on attempts (student);
insert into attempts values (
    7, 'ada', 's', 'c', 'namespaces', 42, '[{"check":"edge::t","outcome":"passed"}]', '[]', '2026-03-01 12:00:00.000000'
);
"""


@pytest.fixture
def path(tmp_path):
    """Where a gradebook may be made."""
    return tmp_path / "gradebook.db"


def test_the_migrations_make_the_tables_that_are_declared(url):
    """A new gradebook differs in nothing from the declared tables, on each database."""
    Gradebook(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        assert compare_metadata(context, Table.metadata) == []
        assert context.get_current_revision() == REVISION
    engine.dispose()


def test_the_newest_migration_is_the_one_that_is_asked_for():
    """Who adds a migration is told to name it."""
    assert ScriptDirectory(str(Path(opening.__file__).parent / "migrations")).get_current_head() == REVISION


def test_the_first_autograders_gradebook_is_brought_up_to_date(path, attempt, course, checks):
    """Its attempts are all there, under their numbers, and new ones follow them."""
    _sql(path, FIRST)
    with Gradebook(file_url(path)) as gradebook:
        [old] = gradebook.latest()
        assert (old.id, old.student, old.seed, old.graded_by, old.receipt) == (7, "ada", 42, "", Receipt())
        assert gradebook.evidence(7).judgements == ()
        new = gradebook.store(attempt())
        assert new.id == 8
    with Gradebook(file_url(path)) as gradebook:
        assert list(gradebook.of("ada")) == [old, new]
    assert _sql(path, "select name from sqlite_master where name = 'schema_version'") == []


def test_a_migration_that_fails_leaves_the_old_gradebook(path):
    """All of it happens or nothing: a table that is in the way leaves the first schema, and every attempt."""
    _sql(path, FIRST + "create table marks (id integer);")
    before = _sql(path, "select sql from sqlite_master order by name")
    with pytest.raises(MachineError, match="failed: table marks already exists; what was stored before is still there"):
        Gradebook(file_url(path))
    assert _sql(path, "select sql from sqlite_master order by name") == before
    assert _sql(path, "select student from attempts") == [("ada",)]


def test_programs_that_open_a_new_gradebook_at_once_share_it(url, attempt, at_once):
    """One makes the tables, the others find them."""

    def grade(name):
        with Gradebook(url) as gradebook:
            return gradebook.store(attempt(name))

    assert len(at_once(grade)) == 4
    with Gradebook(url) as gradebook:
        assert [each.student for each in gradebook.latest()] == ["ada", "bob", "cy", "di"]


@pytest.mark.parametrize(
    ("old", "statement"),
    [("", "update alembic_version set version_num = '9999'"), (FIRST, "update schema_version set version = 9999")],
)
def test_a_gradebook_of_a_newer_autograder_is_left_alone(path, old, statement):
    """A higher schema names both, and the remedy."""
    if old:
        _sql(path, old)
    else:
        Gradebook(file_url(path)).close()
    _sql(path, statement)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=rf"newer autograder \(schema 9999, this one knows {REVISION}\): install the"):
        Gradebook(file_url(path))
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(path):
    """A database with other tables is not written to."""
    _sql(path, "create table recipes (name text)")
    with pytest.raises(UsageError, match="but not a gradebook: move it away"):
        Gradebook(file_url(path))
    assert _sql(path, "select name from sqlite_master") == [("recipes",)]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("grades", "grades: is no URL of a gradebook; write it as sqlite:///FILE, or postgresql"),
        ("oracle+nothing://host/db", "there is no driver for it .*; write it as sqlite:///FILE, or postgresql"),
        ("postgresql+pg8000://me@host/db", r"there is no driver for it .*install autograd-course\[postgresql\]"),
    ],
)
def test_a_url_that_leads_nowhere(url, told):
    """What is no URL, or needs a driver that is not there, says how to write one."""
    with pytest.raises(UsageError, match=told):
        Gradebook(url)


def _sql(path, script):
    """Run a script on an SQLite file; what its last statement, if it is a query, gives."""
    connection = sqlite3.connect(path)
    try:
        if script.startswith("select"):
            return connection.execute(script).fetchall()
        connection.executescript(script)
        return []
    finally:
        connection.close()
