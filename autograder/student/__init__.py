"""The student's loop, in the student's workspace."""
