"""A tiny course for attacks on a whole submission: from the files that were handed in to what is told of it."""

import json

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.intake import Found
from autograder.grading.planning import make_plan
from tests.tiny_course import write_course

MODULE, NOTEBOOK = "pocket/purse.py", "lessons/01_first_coins.ipynb"
SEED = 7  # of the hidden checks; a workspace's is another one
RANDOM_COINS = """
    purse = torch.Purse()  # {note}
    for cents in rng.integers(1, 10**6, size=5):
        purse.put(torch.Coin(int(cents)))
    see.value(torch.total(purse))
"""
CHECKS = (
    (
        "course/checks/test_purse.py",
        """
    purse = torch.Purse()  # empty so far
    purse.put(torch.Coin(1))
    purse.put(torch.Coin(2))
    see.value(torch.total(purse))
""",
        RANDOM_COINS.format(note="public comment"),
    ),
    (
        "solutions/checks/test_secret.py",
        """
    purse = torch.Purse()  # hidden comment
    purse.put(torch.Coin(777))
    see.count(len(purse.coins))
""",
        RANDOM_COINS.format(note="hidden comment"),
    ),
    ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass"),
)


def with_cell(notebook, source):
    """The notebook with one more cell at its end."""
    read = json.loads(notebook)
    read["cells"].append({"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "id": "mine"})
    return json.dumps(read).encode()


def hand_in(folder, files):
    """Write files into the folder of a student, whose name it has."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return Found(folder.name, folder)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """A course of one public check and a hidden one alike: five coins of random worth are added."""
    return load_course(write_course(tmp_path_factory.mktemp("tiny"), *CHECKS))


@pytest.fixture(scope="session")
def tiny_answers(tiny):
    """The workspace, all answered."""
    return workspace_files(tiny, edition_of(tiny, "en", answers=True))


@pytest.fixture(scope="session")
def tiny_plan(tiny, notebook_room):
    """A plan at the level of the room."""
    return make_plan(tiny, notebook_room.level, seed=SEED)
