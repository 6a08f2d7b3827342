"""A patch takes away exactly what goes; git and patch take it as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.formats.patch import patch

Ranges = tuple[tuple[int, int], ...]


def without(text: str, cuts: Ranges) -> str:
    for start, end in reversed(cuts):
        text = text[:start] + text[end:]
    return text


def lines(first: int, last: int) -> str:
    return "".join(f"line {number}\n" for number in range(first, last + 1))


def test_a_block_goes_with_three_lines_around_it() -> None:
    text = lines(1, 12)
    start = text.index("line 5")
    assert patch("a.txt", text, ((start, text.index("line 7")),)) == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -2,8 +2,6 @@\n"
        " line 2\n line 3\n line 4\n-line 5\n-line 6\n line 7\n line 8\n line 9\n"
    )


def test_a_sentence_inside_a_line_changes_the_line() -> None:
    text = "One. Two. Three.\n"
    assert patch("a.txt", text, ((5, 10),)).endswith(
        "@@ -1,1 +1,1 @@\n-One. Two. Three.\n+One. Three.\n"
    )


def test_changes_far_apart_are_two_hunks_and_near_ones_one() -> None:
    text = lines(1, 30)
    far = tuple((text.index(f"line {n}\n"), text.index(f"line {n + 1}\n")) for n in (3, 20))
    near = tuple((text.index(f"line {n}\n"), text.index(f"line {n + 1}\n")) for n in (3, 8))
    assert patch("a.txt", text, far).count("@@ -") == 2
    assert "@@ -17,7 +16,6 @@" in patch("a.txt", text, far)
    assert patch("a.txt", text, near).count("@@ -") == 1


def test_nothing_goes_where_nothing_is_cut() -> None:
    assert patch("a.txt", "text\n", ()) == ""


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("a b.txt", "--- a/a b.txt\t\n"),
        ('q"uote.txt', '--- "a/q\\"uote.txt"\n'),
        ("line\nend.txt", '--- "a/line\\nend.txt"\n'),
        ("\x1b[31m.txt", '--- "a/\\033[31m.txt"\n'),
        ("berita/日本.txt", "--- a/berita/日本.txt\n"),
    ],
)
def test_a_path_ends_where_it_ends(path: str, header: str) -> None:
    assert patch(path, "one\ntwo\n", ((0, 4),)).startswith(header)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Ranges]:
    """A text with and without line ends of all kinds, and what goes of it."""
    pieces = ["a", "b", "\n", "\n", "\r", "\r\n", " ", "\f", "\u2028", "é", "😀"]
    text = "".join(draw(st.lists(st.sampled_from(pieces), max_size=40)))
    places = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, tuple(pairs)


def apply(folder: Path, command: list[str], written: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=written.encode(), cwd=folder, capture_output=True, check=False)


TOOLS = {
    "git": ["git", "apply", "--whitespace=nowarn"],
    "patch": ["patch", "-p1", "--binary", "--silent"],
    "patch -p0": ["patch", "-p0", "--binary", "--silent"],
}


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=40)
@given(held=st.lists(files(), min_size=1, max_size=12))
def test_tools_apply_it(
    tmp_path_factory: pytest.TempPathFactory, tool: str, held: list[tuple[str, Ranges]]
) -> None:
    if shutil.which(TOOLS[tool][0]) is None:
        pytest.skip(f"there is no {tool} here")
    folder = tmp_path_factory.mktemp("files")
    names = [f"file {number}.txt" for number in range(len(held))]
    written = []
    for name, (text, cuts) in zip(names, held, strict=True):
        (folder / name).write_bytes(text.encode())
        made = patch(name, text, cuts)
        written.append(made.replace("--- a/", "--- ").replace("+++ b/", "+++ ") if "0" in tool else made)
    done = apply(folder, TOOLS[tool], "".join(written)) if "".join(written) else None
    assert done is None or done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    for name, (text, cuts) in zip(names, held, strict=True):
        left = without(text, cuts).encode()
        # patch takes a file away that nothing is left of.
        assert ((folder / name).read_bytes() if (folder / name).exists() else b"") == left
