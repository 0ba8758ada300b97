"""Counts edges that lead nowhere, as if there were a node called None."""


class Engine:
    def compute_dependencies(self, root):
        dependencies = {}
        waiting = [root]
        while waiting:
            for edge in waiting.pop().next_edges:
                if edge.function not in dependencies:
                    dependencies[edge.function] = 0
                    if edge.function is not None:
                        waiting.append(edge.function)
                dependencies[edge.function] += 1
        return dependencies
