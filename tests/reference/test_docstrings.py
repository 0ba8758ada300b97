"""The reference explains itself: every public name has a docstring, every one of a module names its source."""

import importlib
import inspect
import pkgutil

import mytorch
import pytest

MODULES = {
    name: importlib.import_module(name) for _, name, _ in pkgutil.walk_packages(mytorch.__path__, "mytorch.")
} | {"mytorch": mytorch}
DESCRIPTORS = (property, classmethod, staticmethod)


def public(module):
    """The public classes and functions that a module itself defines."""
    for name, each in vars(module).items():
        is_ours = inspect.isclass(each) or inspect.isfunction(each)
        if is_ours and each.__module__ == module.__name__ and not name.startswith("_"):
            yield name, each


def members(owner):
    """The public methods and properties that a class itself defines, as a reader meets them."""
    for name, each in vars(owner).items():
        if not name.startswith("_") and (inspect.isfunction(each) or isinstance(each, DESCRIPTORS)):
            yield name, getattr(owner, name)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_class_and_function_names_its_source(name):
    """Its docstring says which PyTorch file it follows."""
    lacking = [each for each, found in public(MODULES[name]) if "Source:" not in (found.__doc__ or "")]
    assert not lacking


@pytest.mark.parametrize("name", MODULES)
def test_every_public_method_has_a_docstring(name):
    """Its own, or the one of the method that it stands in for; numpy's functions bring theirs."""
    owners = [found for _, found in public(MODULES[name]) if inspect.isclass(found)]
    found = [(owner.__name__, name, each) for owner in owners for name, each in members(owner)]
    lacking = [(owner, name) for owner, name, each in found if not inspect.getdoc(each)]
    assert not lacking
