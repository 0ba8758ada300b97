"""A run's report in the instructor's own browser, where marks are given by hand and feedback is released."""
