"""A submission becomes verdicts: intake, examiner, notebooks, scoring, and the run over a class."""
