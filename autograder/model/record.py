"""The base of all records: frozen, built by keyword, decoded strictly."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that never changes and that JSON can carry across a trust boundary."""
