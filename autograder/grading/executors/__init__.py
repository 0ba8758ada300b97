"""Where submissions are graded: processes of this machine, or workers on many."""
