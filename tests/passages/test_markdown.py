"""What of a Markdown document is compared: its prose, and where that stands."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dedupe.passages.markdown import blanked, blocks_of, left_out

if TYPE_CHECKING:
    from collections.abc import Iterable


def prose(text: str) -> list[str]:
    """The lines of which something is compared, as far as it is."""
    data = text.encode()
    held = blanked(data, left_out(data)).decode().splitlines()
    return [line.strip() for line in held if line.strip()]


def lines(*given: str) -> str:
    return "\n".join(given)


class TestFrontMatter:
    def test_of_yaml_and_toml_is_left_out(self) -> None:
        assert prose("---\ntitle: A page\ntags:\n  - one\n---\n\nProse.") == ["Prose."]
        assert prose("+++\ntitle = 'A page'\n+++\nProse.") == ["Prose."]
        assert prose("---\r\ntitle: A page\r\n...\r\nProse.") == ["Prose."]

    def test_a_rule_at_the_beginning_is_none(self) -> None:
        text = "---\n\nNote: prose below a rule.\n\n---\n\nMore."
        assert "Note: prose below a rule." in prose(text)

    def test_stands_nowhere_but_at_the_beginning(self) -> None:
        assert "title: A page" in prose("Prose.\n\n---\ntitle: A page\n---\n")

    def test_that_never_ends_is_none(self) -> None:
        assert prose("---\ntitle: A page\n\nProse.") == ["---", "title: A page", "Prose."]


class TestCode:
    @pytest.mark.parametrize("fence", ["```", "~~~", "````"])
    def test_between_fences_is_left_out(self, fence: str) -> None:
        assert prose(f"One.\n{fence} python\nx = 1\n\ny = 2\n{fence}\nTwo.") == ["One.", "Two."]

    def test_ends_with_a_fence_of_its_own_kind_and_length(self) -> None:
        assert prose("````\n```\nx\n~~~~\n````\nTwo.") == ["Two."]

    def test_that_never_ends_goes_to_the_end(self) -> None:
        assert prose("One.\n\n```\nx\n\ny\n") == ["One."]

    def test_indented_is_left_out_but_no_line_of_a_paragraph_is(self) -> None:
        assert prose("One.\n\n    x = 1\n\ty = 2\n\nTwo\n    goes on.") == ["One.", "Two", "goes on."]

    def test_in_a_list_item_stands_in_it(self) -> None:
        text = lines("- One.", "", "  ```", "  x = 1", "  ```", "", "      y = 2", "", "  Still one.")
        assert prose(text) == ["- One.", "Still one."]

    def test_ends_with_the_list_item_that_it_stands_in(self) -> None:
        assert prose("- ```\n  x = 1\nProse.") == ["Prose."]

    def test_in_a_quote_stands_in_it(self) -> None:
        assert prose("> One.\n>\n> ```\n> x = 1\n> ```\n> Two.") == ["> One.", ">", "> Two."]

    def test_may_hold_the_signs_of_quotes(self) -> None:
        assert prose("```\n>>> x\n1\n```\nProse.") == ["Prose."]

    def test_in_a_sentence_is_compared(self) -> None:
        assert prose("Call `x = 1` and `<!-- so -->`.") == ["Call `x = 1` and `<!-- so -->`."]


class TestHtml:
    def test_blocks_are_left_out_up_to_a_blank_line(self) -> None:
        assert prose("<div class='x'>\nHello.\n</div>\n\nProse.") == ["Prose."]

    def test_prose_between_blocks_is_compared(self) -> None:
        assert prose("<details>\n<summary>More</summary>\n\nProse.\n\n</details>") == ["Prose."]

    def test_comments_are_left_out_with_their_blank_lines(self) -> None:
        assert prose("<!-- one\n\ntwo -->\nProse.") == ["Prose."]

    def test_comments_in_a_sentence_are_left_out_too(self) -> None:
        assert prose("One <!-- a remark --> two.") == ["One                   two."]

    def test_tags_in_a_sentence_are_compared(self) -> None:
        assert prose("One <b>bold</b>\n<i>word</i>.") == ["One <b>bold</b>", "<i>word</i>."]

    def test_scripts_and_components_are_left_out(self) -> None:
        assert prose("<script>\n\nx()\n</script>\nProse.") == ["Prose."]
        assert prose("<Tabs\n  values={[1]}\n/>\n\nProse.") == ["Prose."]


class TestIncludes:
    @pytest.mark.parametrize(
        "line",
        [
            "{% include note.html %}",
            "{{< tip >}}",
            "{{#include file.md}}",
            '--8<-- "file.md"',
            "{!file.md!}",
            "<<< @/file.js",
            "[!INCLUDE [name](file.md)]",
            "import Tabs from '@theme/Tabs';",
            "import './style.css'",
            ":::tip",
        ],
    )
    def test_are_left_out(self, line: str) -> None:
        assert prose(f"One.\n\n{line}\n\nTwo.") == ["One.", "Two."]

    def test_what_a_sentence_says_of_imports_is_compared(self) -> None:
        for line in ("import goods from 'abroad' at a price", "The {{ name }} is filled in."):
            assert prose(line) == [line]


class TestDefinitions:
    def test_of_links_are_left_out(self) -> None:
        assert prose('Prose.\n\n[one]: https://one.example "One"\n[two]:\n  /two\n  "Two"') == ["Prose."]

    def test_footnotes_are_prose_with_all_that_is_indented(self) -> None:
        text = "[^1]: A note.\n\n    It goes on here.\n\n        x = 1"
        assert prose(text) == ["[^1]: A note.", "It goes on here."]

    def test_what_goes_on_behind_an_address_is_prose(self) -> None:
        assert prose("[Note]: this is a sentence.") == ["[Note]: this is a sentence."]


class TestTables:
    def test_have_their_cells_compared_and_not_their_frames(self) -> None:
        text = "| One | Two |\n|-----|:---:|\n| first | second \\| third |\n\nThis | that."
        assert [line.split() for line in prose(text)] == [
            ["One", "Two"],
            ["first", "second", "\\|", "third"],
            ["This", "|", "that."],
        ]


class TestWhatIsIndented:
    @pytest.mark.parametrize("line", ["!!! note", '??? "More"', '=== "Tab"', "[^1]:", ":   A term"])
    def test_below_an_admonition_is_prose(self, line: str) -> None:
        assert prose(f"{line}\n\n    Prose that counts.")[-1] == "Prose that counts."


class TestEntries:
    @pytest.mark.parametrize(
        "item",
        [
            *("* `timeout` {number} How long.", "- `timeout`: how long", "1. **`a`** (string) One"),
            *("- `-o`", "- [`name`](#name): what it is", "* `x` – one", "> - `a`: b"),
            "  * `[in] env`: The environment",
        ],
    )
    def test_begin_with_a_name_as_code(self, item: str) -> None:
        text = f"{item}\n\nProse.".encode()
        assert [text[low:high].decode() for low, high in blocks_of(text).entries] == [item]

    def test_go_on_to_the_end_of_their_paragraph(self) -> None:
        text = b"* `timeout` {number} How long\n  to wait.\n  * `x`: y\n\n  Prose about it.\n* Prose."
        assert [text[low:high].strip() for low, high in blocks_of(text).entries] == [
            *(b"* `timeout` {number} How long", b"to wait.", b"* `x`: y")
        ]

    def test_are_rows_of_tables_as_well(self) -> None:
        text = b"Before.\n\n| a | b |\n| - | - |\n| c | d |\n\nBehind."
        held = [text[low:high] for low, high in blocks_of(text).entries]
        assert held == [b"| a | b |", b"| c | d |"]

    @pytest.mark.parametrize("item", ["- `next` is a tool.", "`x`: no item", "- Use `x`: it helps."])
    def test_are_no_sentences(self, item: str) -> None:
        assert blocks_of(item.encode()).entries == []


def test_headings_have_a_level_and_a_text() -> None:
    text = b"# One #\n\nTwo\n---\n\n```\n# no\n```\n> ### Three `x`\n\n#not\n\n##\n"
    found = [(each.level, each.text) for each in blocks_of(text).headings]
    assert found == [(1, b"One"), (2, b"Two"), (3, b"Three `x`"), (2, b"")]


def test_components_reach_from_tag_to_tag() -> None:
    text = b"<Tabs>\n<Tab name='a'>\n\nOne.\n\n</Tab>\n</Tabs>\n\n<Image />\n\n<Never>\n\nTwo."
    found = {each.tag: text[each.start : each.end] for each in blocks_of(text).components}
    assert set(found) == {b"Tabs", b"Tab name='a'"}
    assert found[b"Tab name='a'"].endswith(b"One.\n\n")


# The grammar itself, held against a parser.

PIECES = st.sampled_from(
    [
        *(
            "",
            "",
            "one two",
            "  three",
            "    four",
            "        five",
            "\tsix",
            "```",
            "~~~",
            "````",
            "  ```",
        ),
        *("- one", "  - two", "1. one", "> one", "> ```", ">     four", "# one", "---", "***"),
        *("<div>", "</div>", "<b>", "<b>one", "<!--", "-->", "<!-- one -->", "<?one", "?>", "<pre>"),
        *("[one]: /two", "[one]: /two three", "'one'", "<script>one", "</script>", "-    four"),
    ]
)


def of_parser(text: str) -> set[int]:
    """Numbers of the lines that a parser takes for code, HTML, or definitions of links."""
    parser = MarkdownIt("commonmark", {"inline_definitions": True})
    kinds = ("fence", "code_block", "html_block", "definition")
    said = [token.map for token in parser.parse(text) if token.type in kinds and token.map]
    return with_words(text, (line for first, behind in said for line in range(first, behind)))


def with_words(text: str, numbers: Iterable[int]) -> set[int]:
    held = text.split("\n")
    return {each for each in numbers if each < len(held) and re.search(r"\w", held[each])}


def of_walk(text: str) -> set[int]:
    """Numbers of the lines of which something is left out."""
    ranges = left_out(text.encode())
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return with_words(
        text,
        (
            number
            for number, (low, high) in enumerate(pairwise(starts))
            if any(start < high - 1 and end > low for start, end in ranges)
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\n      four\n\n    two",
        "1. one\n\n   two\n\n       four\n\n   ```\n   x\n   ```\n",
        "> - one\n>\n>   ```\n>   x\n>   ```\n> two\n",
        "one\n    four\n\n    four\n\n\n    four\n",
        "<div>\none\n\n    four\n</div>\n",
        "[one]: /two\n[two]: /three 'four'\none\n[three]: /four\n",
        "-    four\n\n         five\n",
        "* * *\n    four\n",
    ],
)
def test_blocks_are_those_of_commonmark(text: str) -> None:
    assert of_walk(text) == of_parser(text)


@given(st.lists(PIECES, min_size=1, max_size=6).map("\n".join))
def test_blocks_are_those_of_commonmark_however_they_follow_each_other(text: str) -> None:
    text = f"one\n\n{text}"  # or it might begin with front matter
    assert of_walk(text) == of_parser(text)


@given(st.text(alphabet="ab \t\r\n`~<>!-|[]:#%{}*\\é", max_size=200))
def test_what_is_left_out_is_in_order_and_apart_and_of_whole_characters(text: str) -> None:
    data = text.encode()
    ranges = left_out(data)
    at = 0
    for low, high in ranges:
        assert at <= low < high <= len(data)
        data[:low].decode()
        data[low:high].decode()
        at = high
    held = blanked(data, ranges)
    assert len(held) == len(data)
    assert re.findall(rb"[\r\n]", held) == re.findall(rb"[\r\n]", data)
