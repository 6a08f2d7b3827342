"""What goes and what stays: of all that is said, one copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.clean.choices import Choices
from dedupe.clean.copies import Judge, is_edited_copy, said
from dedupe.clean.corpus import Article, Place
from dedupe.clean.plan import EMPTY, HALF, Pass, plan
from dedupe.clean.select import select
from dedupe.clean.spans import without
from dedupe.documents import Document
from dedupe.errors import DedupeError
from dedupe.report import Finding, Kind

from .helpers import EVERYTHING, cleaned, documents_at, finding, report, spot

BLOCK = "The council met on Tuesday and agreed to build the bridge over the river at last."
EDITED = "The council met on Tuesday and decided to build the bridge over the river at last."
OTHER = "Nobody from the opposition came to the meeting, as their speaker had announced before."


def decide(
    texts: dict[str, str],
    findings: Sequence[Finding],
    about: dict[str, Any] | None = None,
    **choices: Any,
) -> Pass:
    documents = [Document(name, text, **(about or {}).get(name, {})) for name, text in texts.items()]
    articles = {
        each.id: Article(order, each.text, each.source, each.date, Place(0, order))
        for order, each in enumerate(documents)
    }
    chosen = Choices(**{"drop": EVERYTHING, **choices})
    return plan(select(report(documents, findings), chosen), articles, chosen, Judge(12))


def left_of(texts: dict[str, str], found: Pass) -> dict[str, str]:
    return {
        name: without(text, found.cuts.get(name, ()))
        for name, text in texts.items()
        if name not in found.dropped
    }


def places(texts: dict[str, str], stretch: str, kept: tuple[str, int] | None = None) -> list[Any]:
    """All places of a stretch; the kept one by its document and number in it."""
    found = []
    for name, text in texts.items():
        at, number = text.find(stretch), 0
        while at >= 0:
            found.append(spot(name, at, at + len(stretch), keep=(name, number) == kept))
            at, number = text.find(stretch, at + 1), number + 1
    return found


class TestRepetition:
    TEXT = f"{BLOCK}\n{OTHER}\n{BLOCK}\n"

    def test_the_kept_copy_stays(self) -> None:
        for kept, expected in ((0, f"{BLOCK}\n{OTHER}\n"), (1, f"{OTHER}\n{BLOCK}\n")):
            texts = {"a": self.TEXT}
            found = decide(texts, [finding("REP001", *places(texts, BLOCK, ("a", kept)))])
            assert left_of(texts, found) == {"a": expected}

    def test_an_edited_one_goes_only_when_asked(self) -> None:
        texts = {"a": f"{BLOCK}\n{OTHER}\n{EDITED}\n"}
        spots = [*places(texts, BLOCK, ("a", 0)), *places(texts, EDITED)]
        assert not decide(texts, [finding("REP002", *spots)])
        found = decide(texts, [finding("REP002", *spots)], near=True)
        assert left_of(texts, found) == {"a": f"{BLOCK}\n{OTHER}\n"}

    @pytest.mark.parametrize(
        "other",
        [
            "The council met on Wednesday and agreed to build the bridge over the river at last.",
            "The council met on Tuesday and agreed to build the bridge over the river in 2024.",
            f"{BLOCK[:-1]} with a budget of 5 million.",
        ],
    )
    def test_other_figures_dates_and_labels_never_go(self, other: str) -> None:
        texts = {"a": f"{BLOCK}\n{OTHER}\n{other}\n"}
        end = len(texts["a"]) - 1
        spots = [spot("a", 0, len(BLOCK), keep=True), spot("a", end - len(other), end)]
        assert not decide(texts, [finding("REP002", *spots)], near=True)

    def test_an_echo_of_a_source_is_kept_in_each_document(self) -> None:
        texts = {"a": f"{BLOCK}\n{OTHER}\n{BLOCK}", "b": f"{EDITED}\n{OTHER}\n{EDITED}"}
        spots = [
            spot("a", 0, len(BLOCK)),
            spot("a", len(texts["a"]) - len(BLOCK), len(texts["a"]), keep=True),
            spot("b", 0, len(EDITED)),
            spot("b", len(texts["b"]) - len(EDITED), len(texts["b"]), keep=True),
        ]
        found = decide(texts, [finding("REP003", *spots)])
        assert left_of(texts, found) == {"a": f"{OTHER}\n{BLOCK}", "b": f"{OTHER}\n{EDITED}"}

    def test_two_findings_do_not_each_rely_on_what_the_other_takes(self) -> None:
        texts = {"a": self.TEXT}
        first, second = places(texts, BLOCK)
        keep_first = [spot("a", first.start, first.end, keep=True), second]
        keep_second = [first, spot("a", second.start, second.end, keep=True)]
        found = decide(
            texts,
            [finding("REP001", *keep_first, name="1"), finding("REP001", *keep_second, name="2")],
        )
        assert left_of(texts, found)["a"].count(BLOCK) == 1

    def test_of_edited_ones_that_are_equal_one_stays(self) -> None:
        texts = {"a": f"{BLOCK}\n{EDITED}\n{OTHER}\n{EDITED}\n"}
        spots = [*places(texts, BLOCK, ("a", 0)), *places(texts, EDITED)]
        found = decide(texts, [finding("REP002", *spots)])
        assert left_of(texts, found) == {"a": f"{BLOCK}\n{EDITED}\n{OTHER}\n"}

    def test_half_a_sentence_stays_and_is_said(self) -> None:
        texts = {"a": f"{BLOCK}\nAnd then: {BLOCK}\n"}
        found = decide(texts, [finding("REP001", *places(texts, BLOCK, ("a", 0)))])
        assert not found
        assert [each.reason for each in found.left] == [HALF]


class TestBoilerplate:
    def test_it_goes_everywhere(self) -> None:
        texts = {"a": f"{BLOCK}\nRead more\n", "b": f"Read more\n{OTHER}"}
        found = decide(texts, [finding("BPL001", *places(texts, "Read more"))])
        assert left_of(texts, found) == {"a": f"{BLOCK}\n", "b": OTHER}

    def test_no_document_is_emptied(self) -> None:
        texts = {"a": "Read more\nMenu\n", "b": f"Read more\n{OTHER}"}
        findings = [
            finding("BPL001", *places(texts, "Read more")),
            finding("BPL003", *places(texts, "Menu")),
        ]
        found = decide(texts, findings)
        assert left_of(texts, found) == {"a": texts["a"], "b": OTHER}
        assert {each.reason for each in found.left} == {EMPTY}

    def test_a_copy_is_not_removed_for_one_that_goes_as_boilerplate(self) -> None:
        texts = {"a": f"{BLOCK}\n{OTHER}\n{BLOCK}\n"}
        first, second = places(texts, BLOCK)
        findings = [
            finding("BPL001", first),
            finding("REP001", spot("a", first.start, first.end, keep=True), second),
        ]
        assert left_of(texts, decide(texts, findings)) == {"a": f"{OTHER}\n{BLOCK}\n"}

    def test_a_block_with_boilerplate_in_both_copies_goes(self) -> None:
        held = f"{BLOCK}\nRead more\n{OTHER}"
        texts = {"a": f"{held}\nEnd of it.\n{held}\n"}
        findings = [
            finding("BPL001", *places(texts, "Read more")),
            finding("REP001", *places(texts, held, ("a", 0))),
        ]
        expected = f"{BLOCK}\n{OTHER}\nEnd of it.\n"
        assert left_of(texts, decide(texts, findings)) == {"a": expected}


class TestAcross:
    TEXTS = {  # noqa: RUF012
        "a": f"{BLOCK}\nFirst.\n",
        "b": f"Second one, which is longer.\n{BLOCK}\n",
        "c": f"Third.\n{BLOCK}\n",
    }
    ABOUT = {  # noqa: RUF012
        "a": {"source": "x", "date": "2024-03-02"},
        "b": {"source": "y", "date": "Fri, 01 Mar 2024 10:00:00 +0000"},
        "c": {"source": "z", "date": "2024-03-03T10:00:00"},
    }

    @pytest.mark.parametrize(
        ("keep", "kept"),
        [
            ("first", "a"),
            ("longest", "b"),
            ("earliest", "b"),
            ("latest", "c"),
            ("source=Z", "c"),
            ("source=nobody", "a"),
        ],
    )
    def test_the_policy_decides_which_one_stays(self, keep: str, kept: str) -> None:
        spots = places(self.TEXTS, BLOCK, ("a", 0))
        found = decide(self.TEXTS, [finding("REU001", *spots)], self.ABOUT, keep=keep)
        left = left_of(self.TEXTS, found)
        assert [name for name, text in left.items() if BLOCK in text] == [kept]

    def test_by_default_reuse_and_documents_stay(self) -> None:
        spots = places(self.TEXTS, BLOCK, ("a", 0))
        default: tuple[Kind, ...] = Choices().drop
        assert not decide(self.TEXTS, [finding("REU001", *spots)], drop=default)
        assert not decide(self.TEXTS, [finding("DUP001", *spots)], drop=default)

    @pytest.mark.parametrize("code", ["REU002", "DUP004", "DUP005"])
    def test_quotes_series_and_updates_stay(self, code: str) -> None:
        spots = places(self.TEXTS, BLOCK, ("a", 0))
        assert not decide(self.TEXTS, [finding(code, *spots)], near=True)

    def test_of_two_pairs_of_equal_ones_each_keeps_one(self) -> None:
        texts = {"a": f"1\n{BLOCK}", "b": f"2\n{EDITED}", "c": f"3\n{EDITED}", "d": f"4\n{BLOCK}"}
        spots = [*places(texts, BLOCK), *places(texts, EDITED)]
        left = left_of(texts, decide(texts, [finding("REU001", *spots)]))
        assert left == {"a": texts["a"], "b": texts["b"], "c": "3", "d": "4"}


class TestDocuments:
    def whole(self, texts: dict[str, str], code: str) -> Finding:
        return finding(code, *[spot(name, 0, len(text)) for name, text in texts.items()])

    def test_exact_copies_go_whole(self) -> None:
        texts = {"a": BLOCK, "b": f"{BLOCK}\n", "c": BLOCK}
        assert list(decide(texts, [self.whole(texts, "DUP001")]).dropped) == ["b", "c"]

    def test_edited_ones_only_when_asked_and_nothing_is_lost(self) -> None:
        texts = {"a": f"{BLOCK}\n{OTHER}", "b": f"{EDITED}\n{OTHER}"}
        assert not decide(texts, [self.whole(texts, "DUP002")])
        assert list(decide(texts, [self.whole(texts, "DUP002")], near=True).dropped) == ["b"]
        more = {"a": BLOCK, "b": f"{BLOCK}\n{OTHER}"}
        assert list(decide(more, [self.whole(more, "DUP003")], near=True).dropped) == ["a"]

    def test_a_chain_of_copies_keeps_one(self) -> None:
        texts = {"a": BLOCK, "b": BLOCK, "c": BLOCK}
        pairs = [{name: texts[name] for name in pair} for pair in ("ab", "bc", "ac")]
        found = decide(texts, [self.whole(pair, "DUP001") for pair in pairs])
        assert len(found.dropped) == 2


class TestCopies:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("A b, c!", "a  B c", True),
            ("It rose 1.5 points.", "It rose 15 points.", False),
            ("It rose 1.5 points.", "It rose 1,5 points.", False),
            ("It is -5 there.", "It is 5 there.", False),
            ("It costs $5.", "It costs €5.", False),
            ("Up 5% today.", "Up 5 today.", False),
            ("a b c", "c b a", False),
        ],
    )
    def test_word_for_word(self, one: str, other: str, same: bool) -> None:
        assert (said(one) == said(other)) is same

    def test_an_edit_is_no_text_of_its_own(self) -> None:
        assert is_edited_copy(EDITED, BLOCK, 12)
        assert not is_edited_copy(f"{BLOCK} {OTHER}", BLOCK, 12)
        assert not is_edited_copy(f"{BLOCK} So it ended then.", BLOCK, 12)
        assert is_edited_copy(BLOCK, f"{BLOCK} {OTHER}", 12)


def test_places_that_do_not_fit_are_refused() -> None:
    with pytest.raises(DedupeError, match="was changed while it was read"):
        decide({"a": BLOCK}, [finding("BPL001", spot("a", 0, 10_000))])


_FACTS = ["Alpha fact stands here.", "Beta fact stands here.", "Gamma fact is here.", "Menu"]


@given(
    documents=st.lists(
        st.lists(st.sampled_from(_FACTS), min_size=1, max_size=6), min_size=1, max_size=4
    ),
    data=st.data(),
)
def test_no_lone_copy_is_lost(documents: list[list[str]], data: st.DataObject) -> None:
    """Whatever findings say of equal stretches, right or wrong: one copy of each stays somewhere."""
    texts = {f"d{number}": "\n".join(lines) for number, lines in enumerate(documents)}
    spans = []
    for name, lines in zip(texts, documents, strict=True):
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
        spans += [
            (name, starts[low], starts[high] + len(lines[high]))
            for low in range(len(lines))
            for high in range(low, len(lines))
        ]
    findings = []
    for number in range(data.draw(st.integers(1, 6))):
        code = data.draw(st.sampled_from(["REP001", "REU001", "DUP001", "REP003", "DUP002"]))
        chosen = data.draw(st.lists(st.sampled_from(spans), min_size=1, max_size=5, unique=True))
        if code.startswith("DUP"):
            chosen = [(name, 0, len(texts[name])) for name in sorted({each[0] for each in chosen})]
        keep = data.draw(st.integers(0, len(chosen) - 1))
        spots = [spot(*each, keep=at == keep) for at, each in enumerate(chosen)]
        findings.append(finding(code, *spots, name=str(number), words=data.draw(st.integers(1, 99))))
    left = left_of(texts, decide(texts, findings, near=False))
    for fact in _FACTS:
        if any(fact in text for text in texts.values()):
            assert any(fact in text for text in left.values())
    assert all(text.strip() for text in left.values())


Find = Callable[[list[Document]], list[Finding]]


def test_passes_go_on_until_nothing_is_left(tmp_path: Path) -> None:
    """A real audit finds in what is left what it did not name before."""
    from dedupe.audit import audit
    from dedupe.clean.run import clean
    from dedupe.settings import Settings

    block = " ".join(f"word{number}" for number in range(30)) + "."
    lines = [
        {"id": str(n), "text": f"Start {n} of it.\n{block}\n{OTHER}\n{block}\n{OTHER}"} for n in range(3)
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    settings = Settings()
    done = clean(
        [str(path)],
        settings,
        Choices(drop=EVERYTHING, near=True),
        tmp_path / "out",
        lambda given: audit(given, settings),
    )
    assert done.passes > 1
    texts = [each.text for each in documents_at([tmp_path / "out" / "a.jsonl"])]
    assert [text.count(block) for text in texts] == [1, 1, 1]
    assert [text.count(OTHER) for text in texts] == [1, 1, 1]
    again = clean(
        [str(tmp_path / "out")],
        settings,
        Choices(drop=EVERYTHING, near=True),
        tmp_path / "again",
        lambda given: audit(given, settings),
    )
    assert not again.removed
    assert (tmp_path / "again" / "a.jsonl").read_bytes() == (tmp_path / "out" / "a.jsonl").read_bytes()


def test_nothing_found_is_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(b"One two.\r\n")
    none: Find = lambda _: []  # noqa: E731
    assert cleaned([path.parent], tmp_path / "out", none).removed == []
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"One two.\r\n"
