"""Exceptions that say who must act; a student's failing check is data, never one of these."""


class AutograderError(Exception):
    """A condition that ends the command, told to a person in one sentence with the remedy.

    Attributes:
        exit_code: what the process exits with; 2 for the caller, 3 for the course or the machine.
    """

    exit_code = 3


class UsageError(AutograderError):
    """The caller must act: an argument, a path or a folder is not what the command needs."""

    exit_code = 2


class CourseError(AutograderError):
    """The course's author must act: `course.toml`, a template, a check or a translation is wrong."""


class MachineError(AutograderError):
    """This machine lacks something: an isolation mechanism, a package, disk space."""
