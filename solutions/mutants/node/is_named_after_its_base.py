"""Names a node after the class that it inherits from."""


class Node:
    def name(self):
        return type(self).__bases__[0].__name__
