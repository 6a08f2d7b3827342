"""What a finding is recognised by."""

from __future__ import annotations

from dataclasses import replace

import dedupe
from dedupe import Document
from dedupe.baseline.fingerprints import ANY, SAMPLE, SHINGLE, Fingerprint, fingerprinted
from dedupe.report import Evidence, Finding, Location
from dedupe.sketch.reference import windows
from tests.prose import article, edited, paragraph


def finding(
    *texts: str, code: str = "REP001", documents: tuple[str, ...] = (), template: str | None = None
) -> Finding:
    """A finding that says these texts, the first its anchor."""
    kinds = {"REP": "repetition", "REU": "reuse", "DUP": "near-duplicate", "BPL": "boilerplate"}
    places = tuple(
        Location(
            document=documents[at] if documents else "a.txt",
            start=0,
            end=len(text),
            line=at + 1,
            end_line=at + 1,
            anchor=at == 0,
            keep=at == 0,
            jaccard=1.0,
            containment=1.0,
            text=text,
        )
        for at, text in enumerate(texts)
    )
    return Finding(
        id=f"{abs(hash((texts, code))):032x}"[:32],
        code=code,
        kind=kinds[code[:3]],  # type: ignore[arg-type]
        severity="error",
        known=False,
        words=10,
        occurrences=len(places),
        jaccard=1.0,
        containment=1.0,
        cohesion=1.0,
        template=template,
        evidence=(),
        locations=places,
    )


def of(found: Finding) -> Fingerprint:
    ((_, fingerprint),) = fingerprinted([found])
    return fingerprint


def test_it_never_changes() -> None:
    """Baselines lie in repositories for years: what is computed today has to be so tomorrow."""
    text = "The council met on Tuesday to vote on the new harbour. Nobody was there."
    assert of(finding(text, text)) == Fingerprint(
        kind="repetition",
        digest="3a5c69e992a9480d",
        places=2,
        size=12,
        sample=bytes.fromhex("3d401d5c687871b7f28d7b6aabe44ab286dcb8569bc68f8ee03129ebeb40efb58bfc6d63"),
    )


def test_words_count_and_nothing_else() -> None:
    one, other = finding("One, two: THREE four!"), finding("one two three\nfour", code="REP002")
    moved = replace(other, id="f" * 32, severity="info", words=3)
    assert of(one).digest == of(other).digest == of(moved).digest
    assert of(one).sample == of(other).sample
    assert of(finding("one two three five")).digest != of(one).digest


def test_the_sample_is_of_the_smallest_hashes_ascending() -> None:
    long, short = of(finding(paragraph(1, 500))), of(finding(paragraph(1, 20)))
    assert len(long.hashes) == SAMPLE
    assert long.hashes == sorted(set(long.hashes))
    assert len(short.hashes) == short.size == 18


def test_shingles_are_those_of_all_scripts() -> None:
    han = "海南岛的气候四季如春适合旅行的人们来这里度过冬天"
    weights = [2] * len(han)
    assert of(finding(han)).size == len(set(windows(weights, SHINGLE)))
    assert of(finding("two words")).size == 1
    assert of(finding("...")) == replace(of(finding("")), digest=of(finding("...")).digest)
    assert of(finding("")).size == 0


def test_many_findings_are_each_themselves() -> None:
    texts = [paragraph(seed, 5 + seed % 70) for seed in range(3000)]
    together = [fingerprint for _, fingerprint in fingerprinted(finding(text) for text in texts)]
    assert together[::500] == [of(finding(text)) for text in texts[::500]]


def test_places_are_documents_where_documents_are_copies() -> None:
    ranges = finding(
        "one two", "three four", "one two", "three four", code="DUP002", documents=("a", "a", "b", "b")
    )
    assert of(ranges).places == 2
    assert of(ranges).digest == of(finding("one two three four")).digest


def test_boilerplate_may_stand_anywhere() -> None:
    assert of(finding("Read more", "Read more", code="BPL001")).places == ANY


def test_a_template_is_its_frame_whatever_fills_it() -> None:
    one = finding("Read more: a thing", code="BPL002", template="Read more: ‹…›")
    other = finding("Read more: another", code="BPL002", template="Read more: ‹…›")
    assert of(one) == of(other)


def test_the_layout_of_a_source_is_known_by_its_id() -> None:
    layout = (Evidence("layout", "12 of 12 articles say a line twice"),)
    one = replace(finding("a b", "a b", code="REP003"), id="1" * 32, evidence=layout)
    other = replace(finding("c d", "c d", "c d", code="REP003"), id="1" * 32, evidence=layout)
    assert of(one) == of(other)
    assert of(one).places == ANY


def test_an_edit_elsewhere_changes_none() -> None:
    text = article(1, 2, 3, 2)
    before = dedupe.audit([Document("a", text)])
    after = dedupe.audit(
        [Document("moved/b", "A new lead.\n\n" + text.replace(paragraph(3), paragraph(9)))]
    )
    of_repetition = [
        [fingerprint for each, fingerprint in fingerprinted(report.findings) if each.code == "REP001"]
        for report in (before, after)
    ]
    assert len(of_repetition[0]) == 1
    assert of_repetition[0] == of_repetition[1]


def test_an_edit_inside_leaves_most_of_the_sample() -> None:
    text = paragraph(5, 200)
    before, after = of(finding(text)), of(finding(edited(text, 0.1)))
    assert before.digest != after.digest
    assert len(set(before.hashes) & set(after.hashes)) > SAMPLE / 2
