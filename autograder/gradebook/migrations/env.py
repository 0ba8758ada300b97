"""What Alembic runs around the migrations: they go into the transaction that the gradebook has begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
