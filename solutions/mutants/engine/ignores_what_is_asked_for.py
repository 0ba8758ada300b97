"""Never looks at `output_edges`: goes on to the leaves, and has nothing to return."""


class Engine:
    def execute(
        self, root_edges, gradients, keep_graph=False, create_graph=False, accumulate_grad=True, output_edges=()
    ):
        root = GraphRoot(root_edges, check_root_gradients(root_edges, gradients))
        task = GraphTask(keep_graph)
        task.dependencies = self.compute_dependencies(root)
        task.ready_queue.push(root, InputBuffer(0))
        with set_grad_enabled(create_graph):
            while task.ready_queue:
                self.evaluate_function(task, *task.ready_queue.pop())
        return ()
