"""The cleaned files and their manifest, written into a folder."""

from __future__ import annotations

import base64
import io
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import xxhash

import dedupe
from dedupe.clean import manifest
from dedupe.clean.folder import copy, digest_of, pour
from dedupe.clean.formats import parquet
from dedupe.clean.formats.interface import Change, Located
from dedupe.clean.formats.table import format_of, is_fixed, is_text
from dedupe.clean.spans import Cut, without
from dedupe.documents import Intake
from dedupe.documents.decode import byte_order_mark, to_utf8
from dedupe.documents.feed import Feed
from dedupe.documents.interface import Encodings, File, Opened, Run, Tally, UnreadableError
from dedupe.documents.legacy import python_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dedupe.clean.choices import Choices
    from dedupe.clean.corpus import Corpus
    from dedupe.clean.formats.interface import Range
    from dedupe.clean.passes import Decided
    from dedupe.clean.plan import Left
    from dedupe.clean.select import Mark


@dataclass(slots=True)
class _Row:
    """What happens to one document of a file."""

    document: str
    cuts: Sequence[Cut]
    dropped: Mark | None
    text: str


@dataclass(slots=True)
class _File:
    """What happens to one file."""

    rows: dict[int, _Row] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


@dataclass(slots=True)
class Written:
    """What was written."""

    changed: list[int] = field(default_factory=list)
    """Numbers of the files that are not as they were, those left out included."""
    unsafe: set[str] = field(default_factory=set)
    """Documents that cannot be changed in their file: to be decided upon again."""


def write(
    folder: Path,
    corpus: Corpus,
    names: Sequence[str],
    other_names: Sequence[str],
    decided: Decided,
    choices: Choices,
) -> Written:
    """Write the corpus without what goes.

    Args:
        folder: an empty folder.
        corpus: the files.
        names: of each of its files, in the folder.
        other_names: the same of files that are only copied.
        decided: what goes.
        choices: for the manifest.
    """
    written = Written()
    files = _by_file(corpus, decided)
    with open(folder / manifest.NAME, "xb") as stream:
        lines = manifest.Writer(stream)
        lines.write(
            "header",
            schema=manifest.SCHEMA,
            version=dedupe.__version__,
            settings=_settings(corpus, choices),
        )
        for number, (file, name) in enumerate(zip(corpus.files, names, strict=True)):
            _write_file(
                _Writing(folder, corpus, file, name, number, lines, written), files.get(number, _File())
            )
        for path, name in zip(corpus.others, other_names, strict=True):
            size, digest = copy(path, folder / name)
            lines.write("file", file=name, state="same", size=size, digest=digest)
        lines.close()
    return written


@dataclass(frozen=True, slots=True)
class _Writing:
    """Where one file goes."""

    folder: Path
    corpus: Corpus
    file: File
    name: str
    number: int
    lines: manifest.Writer
    written: Written


def _settings(corpus: Corpus, choices: Choices) -> dict[str, Any]:
    """What the result depends on."""
    settings = asdict(corpus.settings)
    del settings["jobs"]
    return {**asdict(choices), **settings}


def _by_file(corpus: Corpus, decided: Decided) -> dict[int, _File]:
    files: dict[int, _File] = defaultdict(_File)
    places = decided.places
    for left in sorted(
        decided.left, key=lambda left: (places[left.document].row or 0, left.start, left.end)
    ):
        files[places[left.document].file].left.append(left)
    wanted = decided.cuts.keys() | decided.dropped.keys()
    texts = corpus.articles(wanted) if wanted else {}
    for name in sorted(wanted, key=lambda name: texts[name].order):
        article = texts[name]
        files[article.place.file].rows[article.place.row or 0] = _Row(
            name, decided.cuts.get(name, ()), decided.dropped.get(name), article.text
        )
    return files


def _write_file(writing: _Writing, work: _File) -> None:
    target = writing.folder / writing.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not work.rows:
        size, digest = copy(writing.file.where, target)
        writing.lines.write("file", file=writing.name, state="same", size=size, digest=digest)
    elif is_fixed(writing.file.path):
        writing.written.unsafe.update(held.document for held in work.rows.values())
    else:
        writing.written.changed.append(writing.number)
        if format_of(writing.file.path) is None:
            _write_parquet(writing, work, target)
        else:
            _write_bytes(writing, work, target)
    for left in work.left:
        writing.lines.write(
            "left",
            finding=left.mark.id,
            code=left.mark.code,
            kind=left.mark.kind,
            document=left.document,
            start=left.start,
            end=left.end,
            reason=left.reason,
        )


def _write_parquet(writing: _Writing, work: _File, target: Path) -> None:
    where = writing.file.where
    column = parquet.text_column(where, writing.corpus.settings)
    texts = {row: partial(_cut, cuts=held.cuts) for row, held in work.rows.items() if not held.dropped}
    gone = [row for row, held in sorted(work.rows.items()) if held.dropped]
    try:
        packed = parquet.rewrite(where, str(target), column, texts, gone)
    except parquet.UnlikeError:
        writing.written.unsafe.update(held.document for held in work.rows.values())
        return
    size, digest = digest_of(target)
    original_size, original_digest = digest_of(where)
    writing.lines.write(
        "file",
        file=writing.name,
        state="rewritten",
        size=size,
        digest=digest,
        original_size=original_size,
        original_digest=original_digest,
        column=column,
    )
    for row, held in sorted(work.rows.items()):
        for cut in _cuts(held):
            more = {"arrow": packed[row]} if held.dropped else {}
            _write_removal(writing, row, held, cut, **more)


def _cut(text: str, cuts: Sequence[Cut]) -> str:
    return without(text, cuts)


def _write_bytes(writing: _Writing, work: _File, target: Path) -> None:
    with open(writing.file.where, "rb") as file:
        data = file.read()
    ranges, encoding = _byte_ranges(writing, work, data)
    if ranges is None:
        return
    cuts = sorted((*place, *key) for key, place in ranges.items())
    state = "changed"
    if is_text(writing.file.path) and work.rows[0].dropped:
        state, size, digest = "left out", 0, ""
    else:
        with open(target, "xb") as output:
            size, digest = pour(_kept(data, [cut[:2] for cut in cuts]), output.write)
    original_size, original_digest = pour(iter([data]), len)
    writing.lines.write(
        "file",
        file=writing.name,
        state=state,
        encoding=encoding,
        size=size,
        digest=digest,
        original_size=original_size,
        original_digest=original_digest,
    )
    for low, high, row, number in cuts:
        held = work.rows[row]
        cut = _cuts(held)[number]
        raw = _raw(data[low:high], encoding, held.text[cut.start : cut.end])
        _write_removal(
            writing,
            None if is_text(writing.file.path) else row,
            held,
            cut,
            bytes=[low, high],
            **raw,
        )


def _cuts(held: _Row) -> Sequence[Cut]:
    return [Cut(0, len(held.text), held.dropped)] if held.dropped else held.cuts


def _write_removal(writing: _Writing, row: int | None, held: _Row, cut: Cut, **more: Any) -> None:
    also = {"also": list(cut.also)} if cut.also else {}
    writing.lines.write(
        "removal",
        finding=cut.mark.id,
        code=cut.mark.code,
        kind=cut.mark.kind,
        **also,
        **({"pass": cut.mark.number} if cut.mark.number > 1 else {}),
        document=held.document,
        file=writing.name,
        row=row,
        start=cut.start,
        end=cut.end,
        removed=held.text[cut.start : cut.end],
        **more,
    )


def _raw(data: bytes, encoding: str, removed: str) -> dict[str, str]:
    """The bytes that go, where they are not simply what is read from them."""
    try:
        text = data.decode(python_name(encoding))
        if text.encode(python_name(encoding)) == data:
            return {} if text == removed else {"raw": text}
    except UnicodeError:
        pass
    return {"base64": base64.b64encode(data).decode("ascii")}


def _kept(data: bytes, cuts: Sequence[Range]) -> Iterator[bytes]:
    view = memoryview(data)
    at = 0
    for low, high in cuts:
        yield bytes(view[at:low])
        at = high
    yield bytes(view[at:])


def _byte_ranges(
    writing: _Writing, work: _File, data: bytes
) -> tuple[dict[tuple[int, int], Range] | None, str]:
    """Which bytes of the file go, by row and number of the cut; None if it cannot be told safely."""
    mark = byte_order_mark(data)
    before = len(mark[0]) if mark else 0
    if is_text(writing.file.path) and work.rows[0].dropped:
        encoding = mark[1] if mark else writing.corpus.encodings.get(writing.file.path, "utf-8")
        return {(0, 0): (0, len(data))}, encoding
    changes = {
        row: Change(None if held.dropped else [(cut.start, cut.end) for cut in held.cuts])
        for row, held in work.rows.items()
    }
    try:
        content, encoding = _content(writing, data)
        located = _locate(writing, data, content, changes)
    except (UnreadableError, UnicodeError):
        writing.written.unsafe.update(held.document for held in work.rows.values())
        return None, ""
    if located.unsafe:
        writing.written.unsafe.update(work.rows[row].document for row in located.unsafe)
        return None, ""
    places = {
        (row, number): place
        for row, ranges in located.ranges.items()
        for number, place in enumerate(ranges)
    }
    if encoding != "utf-8":
        places = _encoded(places, content, encoding)
    return {key: (low + before, high + before) for key, (low, high) in places.items()}, encoding


def _content(writing: _Writing, data: bytes) -> tuple[bytes, str]:
    """The file as UTF-8 without its mark, and its encoding, which gives back the same bytes.

    Raises:
        UnreadableError: it is not so.
    """
    if is_text(writing.file.path):
        content, told = to_utf8(data)
        encoding = told or "utf-8"
    else:
        opened = _opened(writing, data)
        content = Feed(opened).block(1 << 62)
        encoding = writing.corpus.encodings.get(writing.file.path, "utf-8")
    mark = byte_order_mark(data)
    held = data[len(mark[0]) :] if mark else data
    if encoding == "utf-8":
        same = content == held
    else:
        same = content.decode().encode(python_name(encoding)) == held
    if not same:
        raise UnreadableError("is not the same in its own encoding again")
    return content, encoding


def _locate(writing: _Writing, data: bytes, content: bytes, changes: Mapping[int, Change]) -> Located:
    locate = format_of(writing.file.path)
    assert locate is not None, "Parquet is written anew"
    return locate(content, _opened(writing, data), changes)


def _opened(writing: _Writing, data: bytes) -> Opened:
    """The file, for pieces of its reader."""
    intake = Intake()
    run = Run(writing.corpus.settings, intake, Encodings(intake))
    return Opened(writing.file, io.BytesIO(data), run, Tally(writing.file.path, intake))


def _encoded(
    places: Mapping[tuple[int, int], Range], content: bytes, encoding: str
) -> dict[tuple[int, int], Range]:
    """Places of UTF-8 as places of another encoding."""
    found: dict[tuple[int, int], Range] = {}
    name = python_name(encoding)
    at = count = 0
    for key, (low, high) in sorted(places.items(), key=lambda each: each[1]):
        count += len(content[at:low].decode().encode(name))
        size = len(content[low:high].decode().encode(name))
        found[key] = count, count + size
        at, count = high, count + size
    return found


def differing(
    corpus: Corpus, folder: Path, names: Sequence[str], decided: Decided, numbers: Sequence[int]
) -> set[str]:
    """Documents of files that are not read back as they should be.

    Args:
        corpus: the corpus as it was.
        folder: where the cleaned files are.
        names: of all its files, in there.
        decided: what goes.
        numbers: of the changed files.
    """
    there = [number for number in numbers if (folder / names[number]).exists()]
    before = replace(corpus, files=[corpus.files[number] for number in there], encodings={})
    files = [File(corpus.files[number].path, str(folder / names[number]), 0) for number in there]
    after = replace(corpus, files=files, encodings={})
    wanted, found = _digests(before, decided), _digests(after, None)
    wrong = {number for at, number in enumerate(there) if wanted.get(at) != found.get(at)}
    return {name for name, place in decided.places.items() if place.file in wrong}


def _digests(corpus: Corpus, decided: Decided | None) -> dict[int, str]:
    """Of the texts of each file, as they will be."""
    digests: dict[int, xxhash.xxh3_128] = defaultdict(xxhash.xxh3_128)
    for document, place in corpus.documents():
        if decided is not None and document.id in decided.dropped:
            continue
        text = without(document.text, decided.cuts.get(document.id, ()) if decided else ())
        digests[place.file].update(len(text).to_bytes(8, "little") + text.encode())
    return {file: digest.hexdigest() for file, digest in digests.items()}
