"""Starts, limits, talks to and ends the process in which student code runs.

`warm.Sandbox` makes one warm parent; `child.Child` runs checks in a process of its own; `machine.probe` says what this
machine can do. This file imports nothing, since the warm parent passes through it.
"""
