"""A real sandbox that notes which checks run in which child, and which one executes a notebook."""

from contextlib import contextmanager


class Watched:
    """Starts the children of a sandbox; `children` says what each was asked, in order."""

    def __init__(self, sandbox):
        self.sandbox, self.children = sandbox, []

    @contextmanager
    def start(self, files, package, limits, *, has_shell=False):
        """A child."""
        with self.sandbox.start(files, package, limits, has_shell=has_shell) as child:
            noted = _Noted(child)
            self.children.append(noted.asked)
            yield noted

    @property
    def ran(self):
        """What ran, sorted: checks by their ids, and a notebook in each child that executed one."""
        return sorted(each for asked in self.children for each in asked)


class _Noted:
    def __init__(self, child):
        self._child, self.asked = child, []

    def __getattr__(self, name):
        return getattr(self._child, name)

    def run(self, task, cpu_limit_s):
        """The child's answer to a check."""
        self.asked.append(task.id)
        return self._child.run(task, cpu_limit_s)

    def execute(self, source):
        """The child's answer to a cell."""
        if "notebook" not in self.asked:
            self.asked.append("notebook")
        return self._child.execute(source)
