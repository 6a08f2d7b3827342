"""What of a Markdown document is no prose: code, front matter, HTML, includes, frames of tables.

A walk over the lines by the rules of CommonMark (https://spec.commonmark.org/0.31.2/), as far as they
tell which lines belong to a block that is left out, with what documentation tools add: front matter,
tables, includes, imports of MDX, and the indented content of admonitions and footnotes, which is prose.
On its way it notes headings, and the entries of lists of parameters and rows of tables, which are
compared but are no running prose. A parser would give the same and far more, at a twentieth of the
speed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE_INDENT: Final = 4
_MOST_QUOTES: Final = 32
"""Block quotes inside each other, so that a line of such signs costs no more than another."""
_BLANKS: Final = b" \t"

_QUOTE: Final = re.compile(rb" {0,3}>[ \t]?")
_FENCE: Final = re.compile(rb"(`{3,})[^`\r\n]*$|(~{3,})")
_THEMATIC: Final = re.compile(rb"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_MARKER: Final = re.compile(rb"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)|:(?=[ \t])")
_CONTAINER: Final = re.compile(rb'(?:!!!|\?\?\?\+?)[ \t]+[\w"]|===[!+]?[ \t]+"|\[\^[^\]\s]+\]:')
"""What stands below, indented by four columns, is content: admonitions, tabs, footnotes."""

_HTML_ENDS: Final = (
    (
        re.compile(rb"(?i)<(?:script|pre|style|textarea)(?=[\s>]|$)"),
        re.compile(rb"(?i)</(?:script|pre|style|textarea)>"),
    ),
    (re.compile(rb"<!--"), re.compile(rb"-->")),
    (re.compile(rb"<\?"), re.compile(rb"\?>")),
    (re.compile(rb"<![A-Za-z]"), re.compile(rb">")),
    (re.compile(rb"<!\[CDATA\["), re.compile(rb"\]\]>")),
)
"""How HTML blocks begin that end with a line of their own kind."""
_HTML_BLOCK: Final = re.compile(
    rb"(?i)</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|"
    rb"details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    rb"header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|"
    rb"search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s>]|/>|$)"
)
"""How those begin that end with a blank line,"""
_HTML_TAG: Final = re.compile(
    rb"(?:<[A-Za-z][A-Za-z0-9-]*(?:[ \t]+[A-Za-z_:][\w.:-]*"
    rb"(?:[ \t]*=[ \t]*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*[ \t]*/?>"
    rb"|</[A-Za-z][A-Za-z0-9-]*[ \t]*>)[ \t]*$|</?[A-Z][\w.]*(?=[ \t>]|/>|$)"
)
"""and those that do so, but end no paragraph: a tag alone on its line, a component of MDX."""
_COMPONENT: Final = re.compile(
    rb"[ \t]*<(?P<closes>/?)(?P<name>[A-Z][\w.]*)(?P<rest>[^<>]*?)(?P<empty>/?)>[ \t]*$"
)
"""A component of MDX that opens or closes on a line of its own."""
_COMMENT: Final = re.compile(rb"(?<!`)<!--(?:(?!-->|\n[ \t\r]*\n).)*-->", re.DOTALL)
"""A comment inside a paragraph, unless it is shown as code."""

_DEFINITION: Final = re.compile(
    rb"\[(?!\^)(?:[^\[\]\\]|\\.)+\]:[ \t]*"
    rb"(?:(?P<target>(?:<[^<>]*>|[^\s<]\S*)(?P<title>[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?)[ \t]*)?$"
)
_TITLE_NEXT: Final = 1
_TARGET_NEXT: Final = 2
_TARGET: Final = re.compile(rb"[ \t]*(?:<[^<>]*>|[^\s<]\S*)[ \t]*$")
_TITLE: Final = re.compile(rb"[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*$")

_INCLUDE: Final = re.compile(
    rb"\{%.*%\}[ \t]*$|\{\{.*\}\}[ \t]*$|\{!.*!\}[ \t]*$"  # Jekyll, Hugo, mdBook, markdown-include
    rb"|;?-{1,}8<-{1,}|<<<[ \t]+\S"  # PyMdown, VitePress
    rb"|\[!(?:INCLUDE|code)\b.*\][ \t]*$|@include\b|!include\b|:{3,}"  # DocFX and others; directives
)
_IMPORT: Final = re.compile(
    rb"import[ \t]+(?:[^'\"]+[ \t]from[ \t]+)?['\"][^'\"]+['\"];?[ \t]*$|import[ \t]+\{[^}]*$"
    rb"|export[ \t]+(?:default|const|let|var|function|class|async)\b"
)
"""Of MDX; they end with a blank line."""

_INTERRUPTS: Final = re.compile(
    rb"#{1,6}(?:[ \t]|$)|>|`{3}|~{3}|[-+*][ \t]+\S|1[.)][ \t]+\S|"
    + _CONTAINER.pattern
    + rb"|(?:[-*_][ \t]*){3,}$|<[A-Za-z/?!]|\{[%{!]|;?-+8<-|<<<|\[!|[@!]include|:::"
)
"""How lines begin that may end a paragraph; the others go on with it."""
_HEADING: Final = re.compile(rb"#{1,6}(?:[ \t]|$)")
_UNDERLINE: Final = re.compile(rb"(?:=+|-+)[ \t]*$")
"""Makes a heading of the paragraph above."""
_DELIMITER: Final = re.compile(rb"[ \t|:-]+$")
_PIPE: Final = re.compile(rb"(?<!\\)\|")
_FRONT: Final = re.compile(
    rb"(?:---[ \t]*(?:\r\n?|\n)(?=(?:[ \t]*#[^\r\n]*(?:\r\n?|\n))*[^\s:#][^\r\n:]*:(?:[ \t\r\n]))"
    rb"(?:.*?(?:\r\n?|\n))??(?:---|\.\.\.)"
    rb"|\+\+\+[ \t]*(?:\r\n?|\n).*?(?:\r\n?|\n)\+\+\+)[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)

_CLOSING: Final = re.compile(rb"(?:^|[ \t]+)#+[ \t]*$")
"""What may stand behind a heading."""
_ENTRY: Final = re.compile(
    rb"[*_\[]{0,4}(`{1,2})[^`]+\1(?:[*_]|\]\([^()\s]*\)|\]\[[^\]]*\])*\??[ \t]*"
    rb"(?:[-:{(=|,]|\xe2\x80[\x93\x94]|$)"
)
"""How an item begins that tells of a parameter or an option: its name as code, and a sign behind it; a
sentence that begins with a name goes on with a word."""

_TO_BLANKS: Final = bytes(code if code in b"\r\n" else 0x20 for code in range(256))

Range = tuple[int, int]


class Component(NamedTuple):
    """What stands in a component of MDX, from tag to tag."""

    start: int
    end: int
    tag: bytes
    """Its name and attributes."""


class Heading(NamedTuple):
    """A heading of a document."""

    start: int
    """Its first byte, with the signs before it."""
    level: int
    """From 1."""
    text: bytes


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a walk over a document finds."""

    left_out: list[Range]
    """What is not compared, as ranges of bytes, in order and apart; line ends stay."""
    entries: list[Range]
    """Lines of the first paragraphs of items that tell of a parameter or an option, and rows of tables,
    in order."""
    headings: list[Heading]
    components: list[Component]


def blocks_of(text: bytes) -> Blocks:
    """The blocks of a document, which is valid UTF-8."""
    walk = _Walk(text)
    return Blocks(walk.ranges(), walk.entries, walk.headings, walk.components)


def left_out(text: bytes) -> list[Range]:
    """What is not compared of a document."""
    return blocks_of(text).left_out


def blanked(text: bytes, ranges: Iterable[Range]) -> bytes:
    """A text with blanks for all but the line ends of some ranges."""
    parts = []
    at = 0
    for low, high in ranges:
        parts += [text[at:low], text[low:high].translate(_TO_BLANKS)]
        at = high
    return b"".join([*parts, text[at:]])


@dataclass(slots=True)
class _Walk:
    """A walk over the lines of one document."""

    text: bytes
    found: list[Range] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    """Where the content of each list item begins that the line is in, the innermost last."""
    quotes: int = 0
    """Signs of block quotes that the block began with."""
    entries: list[Range] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    open: list[tuple[bytes, bytes, int]] = field(default_factory=list)
    """Components that the line is in, the innermost last: name, tag, and where it begins."""
    paragraph: bool = False
    """The line before is one of a paragraph,"""
    entry: bool = False
    """and of one that tells of a parameter."""
    table: bool = False
    fence: bytes = b""
    """What opened the fenced code that the line is in,"""
    fence_column: int = 0
    """and where the content begins that it stands in."""
    until: re.Pattern[bytes] | None = None
    """What ends the HTML block,"""
    until_blank: bool = False
    """or whether a blank line does."""
    definition: int = 0
    """What may come next of a link reference definition."""
    before: Range = (0, 0)
    """The line before."""

    def ranges(self) -> list[Range]:
        """All that is left out."""
        at = 0
        front = _FRONT.match(self.text)
        if front:
            self.found.append(front.span())
            at = front.end()
        for line in self.text[at:].splitlines(keepends=True):
            end = at + len(line)
            bare = line.rstrip(b"\r\n")
            self._line(at, bare)
            self.before = (at, at + len(bare))
            at = end
        return _with_comments(_apart(self.found), self.text)

    def _leave_out(self, at: int, line: bytes) -> None:
        self.found.append((at, at + len(line)))

    def _line(self, at: int, line: bytes) -> None:
        place = quotes = 0
        if self.quotes or line[:4].lstrip(b" ")[:1] == b">":
            # Of code and HTML that stand in no quote, these signs are a part.
            inside = self.fence or self.until or self.until_blank
            most = self.quotes if inside else _MOST_QUOTES
            while quotes < most and (marked := _QUOTE.match(line, place)):
                place, quotes = marked.end(), quotes + 1
        place, indent = _indent(line, place)
        blank = place == len(line)
        if quotes != self.quotes and not self._goes_on_lazily(line, place, blank, quotes):
            self._close(quotes)
        if self.fence:
            if blank or indent >= self.fence_column:
                self._in_fence(at, line, place, indent)
            else:  # its list item ends, and so does it
                self.fence = b""
                self._line(at, line)
            return
        if self.until or self.until_blank:
            self._in_html(at, line, blank)
            return
        if blank:
            self.paragraph = self.table = False
            self.definition = 0
            return
        if self.definition and self._in_definition(at, line):
            return
        held = self.columns
        while held and held[-1] > indent:
            held = held[:-1]
        relative = indent - (held[-1] if held else 0)
        goes_on = relative >= _CODE_INDENT or not _ends_paragraph(line, place)
        if self.paragraph and (goes_on or (not self.table and _UNDERLINE.match(line, place))):
            self._go_on(at, line, place)
            return
        self.columns = held
        self._begin(at, line, place, indent)

    def _goes_on_lazily(self, line: bytes, place: int, blank: bool, quotes: int) -> bool:
        """Whether a line without the signs of a quote goes on with its paragraph all the same."""
        return self.paragraph and quotes < self.quotes and not blank and not _ends_paragraph(line, place)

    def _close(self, quotes: int) -> None:
        """End all blocks: another quote begins, or one ends."""
        self.quotes = quotes
        self.columns = []
        self.paragraph = self.table = self.until_blank = False
        self.fence, self.until, self.definition = b"", None, 0

    def _in_fence(self, at: int, line: bytes, place: int, indent: int) -> None:
        self._leave_out(at, line)
        if indent - self.fence_column < _CODE_INDENT:
            closing = line[place:].rstrip(_BLANKS)
            if closing.startswith(self.fence) and not closing.strip(self.fence[:1]):
                self.fence = b""

    def _in_html(self, at: int, line: bytes, blank: bool) -> None:
        if self.until_blank and blank:
            self.until_blank = False
            return
        self._leave_out(at, line)
        if self.until_blank:
            self._component(at, line)
        if self.until and self.until.search(line):
            self.until = None

    def _in_definition(self, at: int, line: bytes) -> bool:
        """Whether a line goes on with a link reference definition."""
        wanted, self.definition = self.definition, 0
        if wanted == _TARGET_NEXT:
            place = len(line) - len(line.lstrip(_BLANKS))
            goes_on = _TARGET.match(line) is not None and not _INTERRUPTS.match(line, place)
        else:
            goes_on = _TITLE.match(line) is not None
        if goes_on:
            if wanted == _TARGET_NEXT:
                self._leave_out(self.before[0], self.text[slice(*self.before)])
                self.paragraph = False
            self._leave_out(at, line)
            self.definition = wanted - 1
        return goes_on

    def _go_on(self, at: int, line: bytes, place: int) -> None:
        """The next line of a paragraph, or of a table."""
        if _UNDERLINE.match(line, place):
            self.paragraph = False
            low, high = self.before
            level = 1 if line.startswith(b"=", place) else 2
            self.headings.append(Heading(low, level, self.text[low:high].strip(_BLANKS)))
            return
        if self.entry or self.table:
            self.entries.append((at, at + len(line)))
        if self.table:
            self._frame(at, line)
        elif b"|" in line and b"-" in line and _DELIMITER.match(line, place):
            low, high = self.before
            header = self.text[low:high]
            if b"|" in header:
                self._frame(low, header)
                if not self.entry:
                    self.entries.append((low, high))
                self._leave_out(at, line)
                self.table = True

    def _frame(self, at: int, line: bytes) -> None:
        self.found += [(at + pipe.start(), at + pipe.end()) for pipe in _PIPE.finditer(line)]

    def _begin(self, at: int, line: bytes, place: int, indent: int) -> None:
        """The first line of a block."""
        self.paragraph = self.table = self.entry = False
        base = self.columns[-1] if self.columns else 0
        start = first = place
        while indent - base < _CODE_INDENT and place < len(line):
            marker = _MARKER.match(line, place)
            if marker is None or _THEMATIC.match(line, place):
                break
            column = indent + marker.end() - place
            place, indent = _indent(line, marker.end(), column)
            base = indent if place < len(line) and indent - column <= _CODE_INDENT else column + 1
            self.columns = [*self.columns, base]
            start = place
        if place == len(line):
            return
        if indent - base >= _CODE_INDENT:
            self._leave_out(at + start, line[start:])
            return
        opened = _FENCE.match(line, place)
        if opened:
            self.fence = opened[1] or opened[2]
            self.fence_column = base
            self._leave_out(at, line)
        elif _HEADING.match(line, place):
            text = line[place:].lstrip(b"#")
            level = len(line) - place - len(text)
            self.headings.append(Heading(at, level, _CLOSING.sub(b"", text).strip(_BLANKS)))
        elif _THEMATIC.match(line, place) or self._begins_html(at, line, place):
            return
        elif line.startswith(b"[", place) and (definition := _DEFINITION.match(line, place)):
            if definition["target"]:
                self._leave_out(at, line)
                self.definition = 0 if definition["title"] else _TITLE_NEXT
            else:
                self.definition = _TARGET_NEXT
                self.paragraph = True
        elif _INCLUDE.match(line, place):
            self._leave_out(at, line)
        elif _IMPORT.match(line, place):
            self._leave_out(at, line)
            self.until_blank = True
        elif _CONTAINER.match(line, place):
            self.columns = [*self.columns, base + _CODE_INDENT]
        else:
            self.paragraph = True
            self.entry = start > first and _ENTRY.match(line, place) is not None
            if self.entry:
                self.entries.append((at, at + len(line)))

    def _begins_html(self, at: int, line: bytes, place: int) -> bool:
        """Whether HTML begins here; then it is left out."""
        if not line.startswith(b"<", place):
            return False
        for begin, end in _HTML_ENDS:
            begun = begin.match(line, place)
            if begun:
                self._leave_out(at, line)
                self.until = None if end.search(line, begun.end()) else end
                return True
        if _HTML_BLOCK.match(line, place) or _HTML_TAG.match(line, place):
            self._leave_out(at, line)
            self._component(at, line[place:])
            self.until_blank = True
            return True
        return False

    def _component(self, at: int, line: bytes) -> None:
        """Open or close a component, if a line of HTML does."""
        tag = _COMPONENT.match(line)
        if tag is None or tag["empty"]:
            return
        name = tag["name"]
        if not tag["closes"]:
            self.open.append((name, name + tag["rest"], at))
            return
        for depth, (opened, whole, start) in reversed(list(enumerate(self.open))):
            if opened == name:
                self.components.append(Component(start, at, whole))
                del self.open[depth:]
                return


def _ends_paragraph(line: bytes, place: int) -> bool:
    """Whether a line begins a block of its own in the middle of a paragraph."""
    if _INTERRUPTS.match(line, place) is None:
        return False
    if not line.startswith(b"<", place) or line.startswith(b"<<<", place):
        return True
    return _HTML_BLOCK.match(line, place) is not None or any(
        begin.match(line, place) for begin, _ in _HTML_ENDS
    )


def _indent(line: bytes, place: int, column: int = 0) -> tuple[int, int]:
    """Behind the blanks from a place on, and the column there, tabs being four wide."""
    while place < len(line):
        if line[place] == 0x20:
            column += 1
        elif line[place] == 0x09:
            column += 4 - column % 4
        else:
            break
        place += 1
    return place, column


def _with_comments(found: list[Range], text: bytes) -> list[Range]:
    """Also the comments inside of paragraphs."""
    if b"<!--" not in text:
        return found
    rest = blanked(text, found)
    return _apart([*found, *(comment.span() for comment in _COMMENT.finditer(rest))])


def _apart(found: list[Range]) -> list[Range]:
    """The ranges in order, each byte once."""
    apart: list[Range] = []
    behind = 0
    for start, end in sorted(found):
        if end > behind:
            apart.append((max(start, behind), end))
            behind = end
    return apart
