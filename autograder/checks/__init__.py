"""Checks: collecting them, comparing what they saw with what was expected, and saying the first difference."""
