"""An answer becomes a stub at three levels."""

from __future__ import annotations

import ast

import pytest

from autograder.build.stubs import Level, render_stub

ANSWER = '''\
    # Above.
    @staticmethod
    def add(
        a: int,
        b: dict[str, int] = {"x": 1},
    ) -> int:  # noqa: B006
        """Add.

          Indented.
        """
        # First.
        if a:
            # Then
            # so.
            return 1  # trailing
        # noqa: a tool's
        return a'''


def test_guided_keeps_the_outline():
    """A guided stub lists the step comments one under the other."""
    assert (
        render_stub(ANSWER, Level.GUIDED)
        == '''\
    # Above.
    @staticmethod
    def add(
        a: int,
        b: dict[str, int] = {"x": 1},
    ) -> int:  # noqa: B006
        """Add.

          Indented.
        """
        # First.
        # Then
        # so.
        raise NotImplementedError'''
    )


def test_standard_keeps_the_docstring():
    """A standard stub has signature and docstring."""
    stub = render_stub(ANSWER, Level.STANDARD)
    assert stub.endswith('          Indented.\n        """\n        raise NotImplementedError')


def test_bare_keeps_the_signature():
    """A bare stub has the signature alone."""
    assert render_stub(ANSWER, Level.BARE).endswith("-> int:  # noqa: B006\n        raise NotImplementedError")


def test_a_starter_takes_the_place_of_the_raise():
    """A starter body is set to the function's indentation."""
    stub = render_stub(ANSWER, Level.BARE, "  if a:\n\n      return 1\n  return 2\n")
    assert stub.endswith("        if a:\n\n            return 1\n        return 2")


@pytest.mark.parametrize("level", Level)
def test_one_line_functions(level):
    """A body on the signature's line is replaced as any other."""
    docstring = "" if level is Level.BARE else '    "Doc."\n'
    assert render_stub('def f(x=lambda: 1): "Doc."; return x', level) == (
        f"def f(x=lambda: 1):\n{docstring}    raise NotImplementedError"
    )


def test_each_method_of_a_class_is_stubbed():
    """A class keeps its head, its methods become stubs."""
    head = 'class A:\n    """Doc."""\n\n    x = 1\n\n'
    methods = "    def f(self):\n        {}\n\n    async def g(self):\n        {}"
    stub = render_stub(head + methods.format("return 1", "return 2"), Level.STANDARD)
    assert stub == head + methods.format("raise NotImplementedError", "raise NotImplementedError")


@pytest.mark.parametrize("level", Level)
def test_every_stub_is_python(level):
    """A stub parses at every level."""
    ast.parse("class A:\n" + render_stub(ANSWER, level))
