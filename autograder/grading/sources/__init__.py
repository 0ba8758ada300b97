"""Ways in which submissions come together: a plain folder, or what Canvas, Moodle and Gradescope let one download."""
