"""Frozen records that all rooms share. Imports nothing of ours but its own files."""
