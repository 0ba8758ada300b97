"""The command line: the only place that reads arguments and prints; one file a verb."""
