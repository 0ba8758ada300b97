"""Counts by recursion: a graph that is deep enough ends in a RecursionError."""


class Engine:
    def compute_dependencies(self, root):
        dependencies = {}

        def visit(node):
            for edge in node.next_edges:
                target = edge.function
                if target is None:
                    continue
                dependencies[target] = dependencies.get(target, 0) + 1
                if dependencies[target] == 1:
                    visit(target)

        visit(root)
        return dependencies
