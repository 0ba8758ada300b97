"""Gives every node the name of the class in which the method stands."""


class Node:
    def name(self):
        return "Node"
