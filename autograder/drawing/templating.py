"""How every room's templates are read: all that they are given is escaped, and a name they lack is an error."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def templates_of(room: str) -> Environment:
    """The templates in the folder `templates` of a room, named as Python imports it."""
    return Environment(
        loader=PackageLoader(room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
