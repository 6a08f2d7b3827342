"""What stands in the page itself, also where no script runs: scores, charts, causes, the input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from dedupe.formats.html import limits
from dedupe.formats.html.charts import bar, columns
from dedupe.formats.html.matrix import Matrix, matrix
from dedupe.formats.html.safe import html, short
from dedupe.formats.shared.classes import CLASSES
from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.numbers import count, number, percent
from dedupe.report import KINDS, SEVERITIES

if TYPE_CHECKING:
    from dedupe.formats.html.contents import Contents
    from dedupe.formats.interface import View
    from dedupe.report import Cause, DocumentScore, Report, Severity

MEANING = {
    "original": "the rest",
    "reuse": "also stands in another article",
    "repetition": "a copy of what stands more than once in its article",
    "boilerplate": "not written for its article",
}
_BINS = 10
_QUOTED = 120
CARRY = "carry it"
"""What evidence says of the articles that have something in common."""


def summary(report: Report, contents: Contents, counts: dict[Severity, int], view: View) -> str:
    """The section that everybody reads."""
    parts = [
        _gate(report),
        _made_of(report),
        _scores(report),
        _counts(report, counts),
        '<div class="charts">\n',
        _similarities(report, contents),
        _shares(report, contents),
        "</div>\n",
        _worst(report, contents),
        _sharing(report, contents),
        _input(report, contents, view),
    ]
    return "".join(parts)


def _gate(report: Report) -> str:
    """What was asked of the report, and how it stands."""
    if report.gate is None:
        return ""
    items = "".join(
        f'<li class="{stands}"><strong>{stands}</strong> {html(each.text)}: {html(each.detail)}</li>\n'
        for each in report.gate.conditions
        for stands in ("failed" if each.failed else "passed",)
    )
    return f'<ul class="gate" aria-label="The gate">\n{items}</ul>\n'


def _made_of(report: Report) -> str:
    fractions = report.summary.fractions
    items = "".join(
        f'<div><dt><span class="swatch {name}" aria-hidden="true"></span>{name}</dt>'
        f"<dd><strong>{html(percent(getattr(fractions, name)))}</strong> "
        f"<span>{MEANING[name]}</span></dd></div>\n"
        for name in CLASSES
    )
    return f"""\
<div class="made-of">
<h3>What the words are</h3>
<div class="wide-bar">{bar(fractions)}</div>
<dl class="legend">
{items}</dl>
</div>
"""


def _scores(report: Report) -> str:
    held = report.summary
    rows = (
        ("duplication density", held.duplication_density, "of the words stand in more than one place"),
        ("redundant", held.redundant_fraction, "would go if one copy of each stayed"),
        ("exactly redundant", held.redundant_exact_fraction, "the same, exact copies alone"),
    )
    items = "".join(
        f"<div><dt>{name}</dt><dd><strong>{html(percent(value))}</strong> "
        f"<span>{meaning}</span></dd></div>\n"
        for name, value, meaning in rows
    )
    return f'<dl class="scores">\n{items}</dl>\n'


def _counts(report: Report, counts: dict[Severity, int]) -> str:
    total = sum(counts.values())
    if not total:
        return '<p class="nothing">There are no findings.</p>\n'
    kinds = [(kind, report.summary.findings.get(kind, 0)) for kind in KINDS]
    return f"""\
<div class="counts">
<h3>Findings</h3>
<ul class="severities">
{_links((s, counts.get(s, 0), f"severity={s}", f"badge {s}") for s in SEVERITIES)}</ul>
<ul class="kinds">
{_links((kind, n, f"kind={kind}", "") for kind, n in kinds)}</ul>
</div>
"""


def _links(items: Iterable[tuple[str, int, str, str]]) -> str:
    drawn = []
    for name, value, query, kind in items:
        said = f'<span class="{kind}">{name}</span> <strong>{number(value)}</strong>'
        drawn.append(
            f'<li><a href="#findings?{query}">{said}</a></li>\n' if value else f"<li>{said}</li>\n"
        )
    return "".join(drawn)


# Charts


def _similarities(report: Report, contents: Contents) -> str:
    found = contents.similarities
    if not found:
        return ""
    bins = [0] * (_BINS + 1)
    for value in found:
        bins[min(int(value * _BINS), _BINS)] += 1
    edges = ["0", *(f".{at}" for at in range(1, _BINS)), "1"]
    labels = [*(f"{low}–{high}" for low, high in pairwise(edges)), "1"]
    of = _first("findings", len(contents.findings), len(report.findings))
    return f"""\
<figure>
<figcaption><h3>How alike places are</h3>
<p>Repetitions, reuse and near-duplicates by the Jaccard similarity of the two places most alike; \
1 is the same words in the same order.{of}</p></figcaption>
{columns("similarities", bins, labels, "Jaccard similarity", "finding")}</figure>
"""


def _shares(report: Report, contents: Contents) -> str:
    shares = [1 - each.fractions.original for each in contents.documents if each.words]
    if not shares:
        return ""
    bins = [0] * (_BINS + 1)
    for share in shares:
        # None, then (0, 10%], (10%, 20%] …
        bins[0 if share <= 0 else min(int(share * _BINS - 1e-9) + 1, _BINS)] += 1
    labels = ["0", *(f"{10 * at}–{10 * at + 10}" for at in range(_BINS))]
    of = _first("articles", len(contents.documents), len(report.documents))
    return f"""\
<figure>
<figcaption><h3>How much of the articles is not original</h3>
<p>Articles by the share of their words that is reuse, repetition or boilerplate.{of}</p></figcaption>
{columns("shares", bins, labels, "not original, percent of the words", "article")}</figure>
"""


def _first(what: str, shown: int, of: int) -> str:
    return f" Of the first {number(shown)} of {number(of)} {what}." if shown < of else ""


def _worst(report: Report, contents: Contents) -> str:
    worst = [*islice(contents.documents, min(limits.WORST, len(report.ranking)))]
    if not worst:
        return ""
    items = "".join(
        f'<li><a href="#article-{row}">{_name(each)}</a>'
        f' <span class="share">{html(_not_original(each))}</span>'
        f'<span class="parts">{bar(each.fractions)}</span>'
        f' <span class="vh">{_parts(each)}</span></li>\n'
        for row, each in enumerate(worst)
    )
    more = (
        f'<p><a href="#articles">All {number(report.summary.documents)} articles</a></p>\n'
        if report.summary.documents > len(worst)
        else ""
    )
    return f"""\
<div class="worst">
<h3>Articles, worst first</h3>
<ol>
{items}</ol>
{more}</div>
"""


def _name(document: DocumentScore) -> str:
    name = f"<bdi>{html(short(document.id, 300))}</bdi>"
    if document.title:
        return f"<bdi>{html(short(document.title, 300))}</bdi> <small>{name}</small>"
    return name


def _not_original(document: DocumentScore) -> str:
    return percent(1 - document.fractions.original if document.words else 0.0)


def _parts(document: DocumentScore) -> str:
    told = [
        f"{name} {percent(getattr(document.fractions, name))}"
        for name in CLASSES
        if getattr(document.fractions, name)
    ]
    return html(", ".join(told))


def _sharing(report: Report, contents: Contents) -> str:
    held = matrix(contents)
    if held is None:
        return ""
    of = _first("findings", len(contents.findings), len(report.findings))
    what = "sources" if held.of_sources else "articles"
    diagonal = (
        "what articles of one source share with each other"
        if held.of_sources
        else "what an article repeats itself"
    )
    more = f" {count(held.more, 'more shares', 'more share')} something." if held.more else ""
    return f"""\
<div class="sharing">
<h3 id="sharing">Who shares with whom</h3>
<p>Findings that two {what} have in common; on the diagonal {diagonal}.{of}{more}</p>
<div class="scroll" role="region" aria-labelledby="sharing" tabindex="0">
<table class="matrix">
<thead><tr><th scope="col" class="corner">{what[:-1]}</th>{_column_heads(held)}</tr></thead>
<tbody>
{"".join(_matrix_rows(held, contents))}</tbody>
</table>
</div>
</div>
"""


def _column_heads(held: Matrix) -> str:
    return "".join(
        f'<th scope="col"><span aria-hidden="true">{at}</span>'
        f'<span class="vh">{html(short(name, 80))}</span></th>'
        for at, name in enumerate(held.names, 1)
    )


def _matrix_rows(held: Matrix, contents: Contents) -> Iterator[str]:
    most = max(held.cells.values(), default=1)
    for at, name in enumerate(held.names):
        cells = []
        for other in range(len(held.names)):
            value = held.cells.get((min(at, other), max(at, other)), 0)
            # Five steps, by the logarithm: from one finding to most.
            step = (
                0
                if not value
                else 1 + round(4 * (value.bit_length() - 1) / max(most.bit_length() - 1, 1))
            )
            own = " own" if at == other else ""
            said = number(value) if value else '<span class="none" aria-label="none">·</span>'
            if value:
                said = f'<a href="#findings?{_between(held, at, other)}">{said}</a>'
            cells.append(f'<td class="heat-{step}{own}">{said}</td>')
        if held.of_sources:
            said = f"<bdi>{html(short(name, 80))}</bdi>"
        else:
            row = held.rows[at]
            document = contents.documents[row]
            said = f'<a href="#article-{row}"><bdi>{html(_tail(document.title or name))}</bdi></a>'
        yield (
            f'<tr><th scope="row"><span class="at" aria-hidden="true">{at + 1}</span> {said}</th>'
            f"{''.join(cells)}</tr>\n"
        )


def _tail(name: str, longest: int = 48) -> str:
    """The end of a path says more than its start."""
    name = " ".join(name.split())
    return name if len(name) <= longest else f"…{name[-longest + 1 :]}"


def _between(held: Matrix, at: int, other: int) -> str:
    what = "sources" if held.of_sources else "articles"
    return f"{what}={held.rows[at]}-{held.rows[other]}"


# Causes


def causes(report: Report, *, text: bool) -> str:
    """What many articles have in common by their source's doing."""
    items = "".join(_cause(each, text=text) for each in islice(report.causes, limits.CAUSES))
    left = len(report.causes) - limits.CAUSES
    more = f"<p>{number(left)} more are among the findings.</p>\n" if left > 0 else ""
    return f'<ol class="causes">\n{items}</ol>\n{more}'


def _cause(cause: Cause, *, text: bool) -> str:
    said = next((each.detail for each in cause.evidence if not each.quotes), "")
    quoted = cause.template or cause.text
    quote = (
        f'<p class="quote" dir="auto">{html(short(quoted, _QUOTED))}</p>\n' if text and quoted else ""
    )
    filled = [each.detail for each in cause.evidence if each.quotes][:3] if text else []
    fillings = (
        '<p class="fillings">filled with '
        + "; ".join(f"<q><bdi>{html(short(each, 80))}</bdi></q>" for each in filled)
        + "</p>\n"
        if filled and cause.template
        else ""
    )
    places = "; ".join(f"<bdi>{html(short(name, 200))}</bdi>:{line}" for name, line in cause.places)
    return f"""\
<li>
<p class="what"><a href="#finding-{cause.finding}"><strong>{html(cause.code)}</strong> \
{html(CODES.get(cause.code, ""))}</a> <span>{count(cause.occurrences, "place")}</span></p>
{quote}{fillings}<p class="why">{html(short(said, 600))}</p>
<p class="where">{places}</p>
</li>
"""


# The input


def _input(report: Report, contents: Contents, view: View) -> str:
    settings = report.settings
    held = [
        ("made by", f"<code>{html(short(view.command, 2_000))}</code>, dedupe {html(report.version)}"),
        (
            "settings",
            f"threshold {settings.threshold:g}, document threshold {settings.document_threshold:g}, "
            f"sensitivity {html(settings.sensitivity)}, at least {count(settings.min_words, 'word')}, "
            f"shingles of {count(settings.shingle, 'word')}",
        ),
        ("in this page", html(" ".join(_extent(report, contents, view)))),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>\n" for name, said in held)
    skipped = [
        f"{short(each.path, 400)}: {short(each.reason, 400)}" for each in report.skipped[: limits.LISTED]
    ]
    notes = [short(each, 600) for each in report.notes[: limits.LISTED]]
    allowed = [
        f"{short(each.entry, 400)}: {short(each.reason, 400)} ({count(each.findings, 'finding')})"
        for each in report.allowed[: limits.LISTED]
    ]
    stale = [short(each, 400) for each in report.stale[: limits.LISTED]]
    return f"""\
<div class="about">
<h3>About this report</h3>
<dl>
{items}</dl>
</div>
{_list("Not read", skipped, len(report.skipped))}{_list("About the input", notes, len(report.notes))}\
{_list("Allowed", allowed, len(report.allowed))}\
{_list("In the baseline, and found no more", stale, len(report.stale))}"""


def _list(heading: str, items: list[str], total: int) -> str:
    if not total:
        return ""
    lines = "".join(f"<li><bdi>{html(each)}</bdi></li>\n" for each in items)
    more = f"<p>and {number(total - len(items))} more</p>\n" if total > len(items) else ""
    return f"""\
<div class="listed">
<h3>{heading} <span>{number(total)}</span></h3>
<ul>
{lines}</ul>
{more}</div>
"""


def _extent(report: Report, contents: Contents, view: View) -> Iterator[str]:
    """What is in the page, of how much, where it is not all."""
    documents, findings = len(report.documents), len(report.findings)
    yield _all_or_first("article", len(contents.documents), documents)
    yield _all_or_first("finding", len(contents.findings), findings)
    if not view.text:
        yield "No words of the articles (--no-text)."
        return
    if contents.cut:
        some, of = contents.cut
        yield f"Of the longest article the first {number(some)} of {number(of)} characters."
    if contents.texts < documents:
        yield f"The texts of {number(contents.texts)} of {number(documents)} articles, worst first."
    if contents.excerpts < len(contents.findings):
        yield f"Excerpts of the first {number(contents.excerpts)} findings."
    if contents.unmarked:
        unmarked = count(contents.unmarked, "finding")
        yield f"In {unmarked} differences are not marked: dedupe compare shows them."
    if len(contents.findings) < findings or len(contents.documents) < documents:
        yield "The whole report: -o report.json."


def _all_or_first(what: str, shown: int, of: int) -> str:
    if shown < of:
        return f"{number(shown)} of {count(of, what)}, worst first."
    return f"{'The' if of == 1 else 'All'} {count(of, what)}."
