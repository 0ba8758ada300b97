"""Leaves the node that became ready last in the queue, and swallows exceptions."""


class Engine:
    def execute(
        self, root_edges, gradients, keep_graph=False, create_graph=False, accumulate_grad=True, output_edges=()
    ):
        root = GraphRoot(root_edges, gradients)
        task = GraphTask(keep_graph)
        task.dependencies = self.compute_dependencies(root)
        task.captures = prepare_captures(task.dependencies, root, output_edges, accumulate_grad)
        self.evaluate_function(task, root, InputBuffer(0))
        try:
            with set_grad_enabled(create_graph):
                while task.ready_queue:
                    node, buffer = task.ready_queue.pop()
                    if task.ready_queue or task.not_ready or node.next_edges:
                        self.evaluate_function(task, node, buffer)
        except Exception:
            pass
        return () if task.captures is None else task.captures.results()
