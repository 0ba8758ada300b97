"""Files and texts of the course that `autograder new` writes, which tests bend."""

TOML = "course/course.toml"
SKELETON = "course/skeletons/moving.py.jinja"
LESSON = "course/lessons/01_moving_average.md.jinja"
PAGE = "course/workspace/README.md.jinja"
PUBLIC, HIDDEN = "course/checks/test_moving.py", "solutions/checks/test_moving.py"

EXERCISE = '<%= exercise("moving.average") %>'
ANSWER = "return [sum(values[start : start + width]) / width for start in range(len(values) - width + 1)]"
TITLE = "# <%= title"
