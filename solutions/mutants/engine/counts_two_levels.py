"""Visits the root and its neighbours, and nothing behind them."""


class Engine:
    def compute_dependencies(self, root):
        dependencies = {}
        for node in [root, *[edge.function for edge in root.next_edges if edge.function is not None]]:
            for edge in node.next_edges:
                if edge.function is not None:
                    dependencies[edge.function] = dependencies.get(edge.function, 0) + 1
        return dependencies
