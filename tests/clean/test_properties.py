"""What holds for every corpus, with the audit itself: nothing is lost, and again changes nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.audit import audit
from dedupe.clean.choices import Choices
from dedupe.clean.manifest import NAME
from dedupe.clean.restore import restore
from dedupe.clean.run import clean
from dedupe.report import Kind
from dedupe.settings import Settings

from .helpers import documents_at

_NOUNS = [
    "council",
    "river",
    "bridge",
    "mayor",
    "harvest",
    "school",
    "market",
    "station",
    "doctor",
    "engine",
    "garden",
    "letter",
]
_VERBS = [
    "crossed",
    "opened",
    "watched",
    "refused",
    "answered",
    "painted",
    "measured",
    "followed",
    "repaired",
    "carried",
]


def sentence(number: int) -> str:
    """One of many sentences, told by its number at both ends."""
    words = [
        _NOUNS[(number * 7 + step * 5) % 12] if step % 2 else _VERBS[(number + step * 3) % 10]
        for step in range(14)
    ]
    return " ".join([f"A{number}", *words, f"z{number}."])


@st.composite
def corpora(draw: st.DrawFn) -> list[dict[str, str]]:
    """Articles of few sentences, so that much stands twice; as lines, or all in one line."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        numbers = draw(st.lists(st.integers(0, 7), min_size=1, max_size=9))
        between = draw(st.sampled_from(["\n", "\n\n", " ", " "]))
        text = between.join(sentence(each) for each in numbers)
        rows.append({"id": f"d{number}", "text": text, "source": draw(st.sampled_from(["x", "y"]))})
    return rows


@settings(max_examples=25)
@given(
    rows=corpora(),
    drop=st.sampled_from(
        [
            Choices().drop,
            ("repetition",),
            ("repetition", "reuse"),
            ("boilerplate", "repetition", "reuse", "near-duplicate"),
        ]
    ),
    keep=st.sampled_from(["first", "longest", "source=y"]),
    near=st.booleans(),
)
def test_clean(rows: list[dict[str, str]], drop: tuple[Kind, ...], keep: str, near: bool) -> None:
    options = Settings(jobs=1)
    choices = Choices(drop=drop, keep=keep, near=near)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        path = base / "in.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        before = {each.id for each in audit([str(path)], options).findings}
        clean([str(path)], options, choices, base / "out", lambda given: audit(given, options))
        documents = documents_at([base / "out" / "in.jsonl"])
        texts = [each.text for each in documents]

        # Nothing that was said is gone, no sentence is halved, no document emptied.
        original, left = "\n".join(row["text"] for row in rows), "\n".join(texts)
        removed = [json.loads(line) for line in (base / "out" / NAME).open()]
        furniture = "".join(
            each.get("removed", "") for each in removed if each.get("kind") == "boilerplate"
        )
        for number in range(8):
            if f"A{number} " in original and f"A{number} " not in furniture:
                assert f"A{number} " in left
            assert left.count(f"A{number} ") == left.count(sentence(number)) == left.count(f"z{number}.")
        assert all(text.strip() for text in texts)
        if "near-duplicate" not in drop:
            assert len(texts) == len(rows)

        # No finding is there any more of which all that was to go went.
        gone = {each["finding"] for each in removed if each["record"] == "removal"}
        stayed = {each["finding"] for each in removed if each["record"] == "left"}
        after = {each.id for each in audit(documents, options).findings}
        assert not (gone - stayed) & before & after

        # Again, nothing changes; and all comes back.
        again = clean(
            [str(base / "out")], options, choices, base / "again", lambda given: audit(given, options)
        )
        assert not again.removed
        assert (base / "again" / "in.jsonl").read_bytes() == (base / "out" / "in.jsonl").read_bytes()
        restore(base / "out", base / "back")
        assert (base / "back" / "in.jsonl").read_bytes() == path.read_bytes()
