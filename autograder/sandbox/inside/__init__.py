"""The half of the sandbox that runs in its processes: the warm parent and the children forked from it.

Standard library only, and of ours only `probe/`. Everything is imported before the parent's doors close.
"""
