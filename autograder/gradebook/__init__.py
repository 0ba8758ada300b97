"""What must not be lost: every attempt that was graded, appended and never changed."""
