"""The files and names of PyTorch that the reference says it follows are there, as far as an installed PyTorch shows."""

import mmap
import re
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed, whose files are looked up")
pytestmark = pytest.mark.torch

PACKAGES = Path(torch.__file__).parents[1]
MYTORCH = Path(__file__).parents[2] / "solutions/mytorch"
DERIVATIVES = PACKAGES / "torchgen/packaged/autograd/derivatives.yaml"


def sources():
    """Each file of the reference with each sentence in it that names a source."""
    for file in sorted(MYTORCH.rglob("*.py")):
        for found in re.finditer(r'Source: (.*?)(?:"""|\n\s*\n|\Z)', file.read_text(encoding="utf-8"), re.DOTALL):
            yield file.relative_to(MYTORCH), " ".join(found[1].split())


def installed(path):
    """Where an installed PyTorch keeps one of its source files: Python as it is, headers apart."""
    if path.endswith("derivatives.yaml"):
        return DERIVATIVES
    if path.startswith("tools/"):
        return PACKAGES / path.replace("tools", "torchgen/packaged", 1)
    return PACKAGES / path if path.endswith(".py") else PACKAGES / "torch/include" / path.removeprefix("aten/src/")


def named_files(sentence):
    """The files in a sentence that are named with their folder, and that are not compiled away."""
    return re.findall(r"(?:tools/[\w./]+|[\w./]*/[\w.]+\.(?:py|h|yaml))\b", sentence)


def is_compiled_in(path):
    """Whether PyTorch's libraries name a file, as they do where it checks something."""
    for library in ("libtorch_python.so", "libtorch_cpu.so"):
        with (
            (PACKAGES / "torch/lib" / library).open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text,
        ):
            if text.find(path.encode()) >= 0:
                return True
    return False


CLAIMS = sorted(
    {(str(file), sentence) for file, sentence in sources() if named_files(sentence) or "derivatives.yaml" in sentence}
)


@pytest.mark.parametrize("path", sorted({path for _, sentence in CLAIMS for path in named_files(sentence)}))
def test_a_named_file_exists(path):
    """PyTorch has a file of this name."""
    assert installed(path).is_file()


@pytest.mark.parametrize(
    ("file", "sentence"), [each for each in CLAIMS if "derivatives.yaml" in each[1] and "`" in each[1]]
)
def test_a_named_derivative_exists(file, sentence):
    """`derivatives.yaml` has a formula for each operation that is named with it."""
    formulas = set(re.findall(r"^- name: ([\w.]+)\(", DERIVATIVES.read_text(encoding="utf-8"), re.MULTILINE))
    before = sentence.partition("derivatives.yaml")[0] or sentence
    assert set(re.findall(r"`([\w.]+)`", before)) <= formulas


@pytest.mark.parametrize(
    ("file", "sentence"),
    [each for each in CLAIMS if "`" in each[1] and ".cpp" not in each[1] and "yaml" not in each[1]],
)
def test_a_named_function_is_in_its_file(file, sentence):
    """What stands in backticks occurs in the file that is named with it."""
    text = "".join(installed(path).read_text(encoding="utf-8") for path in named_files(sentence))
    words = [re.split(r"::|\.|\s", name)[-1] for name in re.findall(r"`([^`]+)`", sentence)]
    assert [word for word in words if not re.search(rf"\b{word}\b", text)] == []


@pytest.mark.parametrize(
    "path", sorted({path for _, each in sources() for path in re.findall(r"\b(?:torch|aten)/[\w/]+\.cpp\b", each)})
)
def test_a_compiled_file_exists(path):
    """PyTorch was built from a file of this name."""
    assert is_compiled_in(path.removeprefix("aten/src/"))
