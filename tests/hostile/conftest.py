"""The rooms in which these tests run student code, and a tiny course for whole submissions."""

from tests.hostile.tiny import tiny, tiny_answers, tiny_plan
from tests.sandboxes import fresh_user, namespaces, notebook_room, room

__all__ = ["fresh_user", "namespaces", "notebook_room", "room", "tiny", "tiny_answers", "tiny_plan"]
