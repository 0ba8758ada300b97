"""Results in the formats of others, one file a format: pure functions from records to text.

What a student may come to see (Gradescope, GitHub Classroom, JUnit) is made of `lines`, which hold of hidden checks
the title, the outcome and the points. The tables and the JSON are the instructor's.
"""
