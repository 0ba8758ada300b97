"""A database is opened and, where it is new or older, brought to the tables that this autograder knows."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from autograder.gradebook.tables import AttemptRow
from autograder.model.errors import UsageError

REVISION = "0002"  # the newest of `migrations/versions/`
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS, _FIRST_VERSIONS = "alembic_version", "schema_version"  # the second in gradebooks of the first autograder
_LOCK = 7301  # any number: PostgreSQL lets one program at a time write under it
_LOCK_S = 30
_DRIVERS = "sqlite:///FILE, or postgresql+psycopg://USER@HOST/DATABASE"


def parsed(url: str) -> URL:
    """The URL of a database.

    Raises:
        UsageError: it is none.
    """
    try:
        return make_url(url)
    except ArgumentError as error:
        raise UsageError(f"{url}: is no URL of a gradebook; write it as {_DRIVERS}") from error


def without_password(url: str) -> str:
    """The URL of a gradebook as it may be written down; drivers know other ways to find a password.

    Raises:
        UsageError: it is none.
    """
    told = parsed(url)
    safe = URL.create(told.drivername, told.username, None, told.host, told.port, told.database, told.query)
    return safe.render_as_string()


def name_of(url: URL) -> str:
    """How people call the gradebook: a file by its path, another by its URL without the password."""
    is_file = url.get_backend_name() == "sqlite" and url.database
    return str(url.database) if is_file else url.render_as_string(hide_password=True)


def engine_of(url: URL) -> Engine:
    """An engine whose transactions hold everything that is done in them, tables being made as well.

    Raises:
        UsageError: there is no driver for it.
    """
    try:
        engine = create_engine(url, connect_args=_patience(url))
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(
            f"the gradebook {name_of(url)}: there is no driver for it ({error}); write it as {_DRIVERS}, and install"
            " autograd-course[postgresql] for the second"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_sqlite)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def prepare(engine: Engine, name: str) -> None:
    """Make the tables of a new gradebook, bring an older one up to date, see that another is ours to read.

    Raises:
        UsageError: it is another program's database, or a newer autograder wrote it.
    """
    with engine.connect() as connection:
        if _revision(connection, name) == REVISION:
            return
    with writing(engine).begin() as connection:
        revision = _revision(connection, name)  # again, since another program may have been quicker
        if revision != REVISION:
            _migrate(connection, revision)


def writing(engine: Engine) -> Engine:
    """The same engine for what writes, one program at a time: each waits for its turn at the start."""
    return engine.execution_options(is_writing=True)


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables; None where there is no table yet."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if _VERSIONS in tables and AttemptRow.__tablename__ in tables:
        revision = connection.execute(text(f"select version_num from {_VERSIONS}")).scalar_one()  # noqa: S608 - ours
    elif _FIRST_VERSIONS in tables:
        version = connection.execute(text(f"select version from {_FIRST_VERSIONS}")).scalar_one()  # noqa: S608 - ours
        revision = f"{version:04}"
    else:
        raise UsageError(f"{name} is a database, but not a gradebook: move it away, or name another with --gradebook")
    if revision > REVISION:
        raise UsageError(
            f"the gradebook {name} was written by a newer autograder (schema {revision}, this one knows {REVISION}):"
            " install the newer one, or name another with --gradebook"
        )
    return str(revision)


def _migrate(connection: Connection, revision: str | None) -> None:
    """Run the migrations that are missing, all of them or none."""
    from alembic import command  # noqa: PLC0415 - heavy, and needed once in a gradebook's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    if revision is not None:
        command.stamp(config, revision)  # which the first gradebooks don't say in Alembic's way
    command.upgrade(config, REVISION)


def _patience(url: URL) -> dict[str, str]:
    """How a server is told not to let us wait for a lock without end; a URL with options of its own says it itself."""
    is_server = url.get_backend_name() == "postgresql" and "options" not in url.query
    return {"options": f"-c lock_timeout={_LOCK_S}s"} if is_server else {}


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # else Python's sqlite3 would begin late, and tables be made outside
    cursor = connection.cursor()
    cursor.execute("pragma foreign_keys = on")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate" if _is_writing(connection) else "begin")


def _begin_postgresql(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("is_writing", False))
