"""Changed definitions are set into a module's text, and nothing else moves."""

from textwrap import dedent

import pytest

from autograder.build.grafting import graft
from autograder.model.errors import CourseError

REFERENCE = dedent('''\
    """A purse."""

    import math


    class Purse:
        """Holds coins."""

        def __init__(self):
            self.coins = []

        def put(self, coin):
            # It keeps the coin.
            self.coins.append(coin)


    def total(purse):
        return sum(purse.coins)
''')


def test_a_method_takes_the_place_of_its_namesake():
    """A class without a docstring only says where its methods belong."""
    changed = graft(REFERENCE, '"""Loses it."""\n\n\nclass Purse:\n    def put(self, coin):\n        pass\n')
    assert changed == REFERENCE.replace(
        "        # It keeps the coin.\n        self.coins.append(coin)\n", "        pass\n"
    )


def test_a_function_takes_the_place_of_its_namesake():
    """A function is replaced as a whole."""
    changed = graft(REFERENCE, '"""Counts."""\n\n\ndef total(purse):\n    return len(purse.coins)\n')
    assert changed == REFERENCE.replace("sum(purse.coins)", "len(purse.coins)")


def test_a_class_with_a_docstring_is_replaced_as_a_whole():
    """Methods that it lacks are gone."""
    changed = graft(REFERENCE, '"""Other."""\n\n\nclass Purse:\n    """Holds nothing."""\n\n    coins = ()\n')
    assert 'class Purse:\n    """Holds nothing."""\n\n    coins = ()\n\n\ndef total' in changed
    assert "def put" not in changed


def test_imports_join_the_head_and_new_definitions_the_end():
    """What the reference lacks is added where it works."""
    changed = graft(REFERENCE, '"""Tables."""\n\nimport json\n\ntable = {}\n\n\ndef extra():\n    return table\n')
    assert "import math\nimport json\n\n\nclass Purse" in changed
    assert changed.endswith("sum(purse.coins)\n\n\ntable = {}\n\n\ndef extra():\n    return table\n")


def test_no_change_changes_nothing():
    """A docstring alone leaves the text as it is."""
    assert graft(REFERENCE, '"""Nothing."""\n') == REFERENCE


def test_a_method_without_a_namesake_is_refused():
    """It would be lost, and with it what the others call."""
    changes = '"""Helps itself."""\n\n\nclass Purse:\n    def _help(self):\n        pass\n'
    with pytest.raises(CourseError, match=r"^a.py: the reference has no Purse._help; give its class a docs"):
        graft(REFERENCE, changes, "a.py")
