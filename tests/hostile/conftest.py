"""The rooms in which these tests run student code."""

from tests.sandboxes import fresh_user, namespaces, notebook_room, room

__all__ = ["fresh_user", "namespaces", "notebook_room", "room"]
