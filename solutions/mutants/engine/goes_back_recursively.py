"""Goes backward by recursion along each path, and forgets an exception that happens on the way."""


class Engine:
    def execute(
        self, root_edges, gradients, keep_graph=False, create_graph=False, accumulate_grad=True, output_edges=()
    ):
        task = GraphTask(keep_graph)
        runs = []

        def visit(edge, gradient):
            if edge.function is None or len(runs) > 10_000:
                return
            runs.append(edge.function)
            buffer = InputBuffer(len(edge.function._input_metadata))
            buffer.add(edge.input_nr, gradient)
            for onward, result in zip(edge.function.next_edges, call_function(task, edge.function, buffer.gradients)):
                visit(onward, result)

        try:
            for edge, gradient in zip(root_edges, gradients):
                visit(edge, gradient)
        except ValueError:
            pass
        return ()
