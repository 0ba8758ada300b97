"""Makes a pass of its own for each root: what lies behind several roots runs several times."""


class Engine:
    def execute(
        self, root_edges, gradients, keep_graph=False, create_graph=False, accumulate_grad=True, output_edges=()
    ):
        for edge, gradient in zip(root_edges, gradients):
            root = GraphRoot((edge,), (gradient,))
            task = GraphTask(keep_graph)
            task.dependencies = self.compute_dependencies(root)
            task.captures = prepare_captures(task.dependencies, root, output_edges, accumulate_grad)
            task.ready_queue.push(root, InputBuffer(0))
            with set_grad_enabled(create_graph):
                while task.ready_queue:
                    self.evaluate_function(task, *task.ready_queue.pop())
        return () if task.captures is None else task.captures.results()
