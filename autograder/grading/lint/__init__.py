"""What a course must keep to be taught and graded: one rule, one small function, all in the table of `rules`."""
