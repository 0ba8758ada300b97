"""When students see a hidden check's title, outcome and points on a platform that lets one choose."""

from enum import StrEnum


class Shown(StrEnum):
    """In Gradescope's words."""

    VISIBLE = "visible"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"
