"""Counts each node once, however many edges lead to it."""


class Engine:
    def compute_dependencies(self, root):
        dependencies = {}
        waiting = [root]
        while waiting:
            for edge in waiting.pop().next_edges:
                if edge.function is not None and edge.function not in dependencies:
                    dependencies[edge.function] = 1
                    waiting.append(edge.function)
        return dependencies
