"""A course of one module and one lesson, small enough to be read whole, for tests that bend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COURSE = """\
[course]
id = "tiny"
title.en = "Tiny"
title.zh = "小课"
languages = ["en", "zh"]
package = "pocket"
solutions = "../solutions"
given = ["pocket/**/*.py"]
packages = ["numpy"]
home_seed = 3

[limits]
check_cpu_s = 1.5

[[unit]]
id = "purse"
title.en = "The purse"
title.zh = "钱包"
modules = ["purse.py"]
lesson = "01_first_coins"

[[unit.exercise]]
id = "purse.put"
target = "pocket/purse.py::Purse.put"
hints.en = ["Which list?", "`self.coins`"]
hints.zh = ["哪个列表？", "`self.coins`"]

[[unit.exercise]]
id = "purse.total"
target = "pocket/purse.py::total"

[[unit.exercise]]
id = "first_coins.largest"
target = "lessons/first_coins.py::largest"
"""

PURSE = '''\
"""A purse of coins."""

from __future__ import annotations

from .coin import Coin

EMPTY = 0  # cents


class Purse:
    """Coins, in the order in which they came."""

    def __init__(self) -> None:
        self.coins: list[Coin] = []

    # Said above the method.
    def put(self, coin: Coin) -> None:
        """Take a coin in.

        Goal: none is lost,
        not even a small one.
        """
        # The purse remembers it.
        self.coins.append(coin)  # at its end


def total(purse: Purse) -> int:
    """What a purse is worth, in cents."""
    # Begin with nothing,
    # as any sum does.
    worth = EMPTY
    for coin in purse.coins:
        # Each coin counts once.
        worth += coin.cents
    return worth
'''

PURSE_TEMPLATE = """\
<%= given("header") %>

<%= given("EMPTY") %>


<%= given("Purse") %>

    <%= given("Purse.__init__") %>

    <%= exercise("purse.put") %>


<% call exercise("purse.total") %>
<% en %>
# A start.
<% zh %>
# 开头。
<% end %>
return EMPTY
<% endcall %>
"""

LESSON_TEMPLATE = """\
<% en %>
# First coins

Some prose.
<% zh %>
# 第一批硬币

一段话。
<% end %>

```python
coins = [1, 2]  # in cents
print("coins:", coins)
```

<% en %>
## Largest
<% zh %>
## 最大
<% end %>

<%= exercise("first_coins.largest") %>

```python
%matplotlib inline
```
"""

FILES = {
    "course/course.toml": COURSE,
    "course/skeletons/purse.py.jinja": PURSE_TEMPLATE,
    "course/lessons/01_first_coins.md.jinja": LESSON_TEMPLATE,
    "course/workspace/README.md.jinja": "# <%= title %>\n<% for unit in units %>\n- <%= unit.title %>\n<% endfor %>\n",
    "course/workspace/notes/plain.txt": "<% untouched %>\n",
    "course/checks/test_purse.py": '''\
from autograder import exercise


@exercise("purse.total")
def test_two_coins_are_added(torch, see, rng):
    """Two coins are worth their sum."""
    purse = torch.Purse()  # empty so far
    purse.put(torch.Coin(1))
    purse.put(torch.Coin(2))
    see.value(torch.total(purse))
''',
    "solutions/checks/test_secret.py": '''\
from autograder import exercise


@exercise("purse.put", points=1)
def test_a_secret_coin(torch, see, rng):
    """A secret coin is kept."""
    purse = torch.Purse()  # hidden comment
    purse.put(torch.Coin(777))
    see.count(len(purse.coins))
''',
    "solutions/pocket/__init__.py": '"""The package."""\n\nfrom .coin import Coin\nfrom .purse import Purse, total\n',
    "solutions/pocket/coin.py": (
        '"""A coin."""\n\n\nclass Coin:\n    """So many cents."""\n\n'
        "    def __init__(self, cents: int) -> None:\n        self.cents = cents\n"
    ),
    "solutions/pocket/purse.py": PURSE,
    "solutions/lessons/first_coins.py": (
        '"""Answers."""\n\n\ndef largest(coins: list[int]) -> int:\n    """The largest."""\n    return max(coins)\n'
    ),
}

CATALOGUE = {
    "A purse of coins.": "一袋硬币。",
    "Take a coin in.": "收下一枚硬币。",
    "Goal: none is lost,\nnot even a small one.": "目标：一枚也不丢。",
    "The purse remembers it.": "钱包记住它。",
    "Begin with nothing,\nas any sum does.": "从零开始。",
    "in cents": "单位：分",
    "Two coins are worth their sum.": "两枚硬币的价值是它们的和。",
}


def write_course(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the tiny course into a folder, with texts replaced: (file, old, new); the course's folder."""
    files = dict(FILES)
    files["course/locale/zh.po"] = "".join(
        f"msgid {_quoted(key)}\nmsgstr {_quoted(CATALOGUE[key])}\n\n" for key in CATALOGUE
    )
    for file, old, new in changes:
        assert old in files[file], (file, old)
        files[file] = files[file].replace(old, new)
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "course"


def _quoted(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'
