"""The page: the template filled in, under a policy that lets nothing run but its own script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template

ASSETS = files("dedupe.formats.html") / "assets"
SCRIPTS = ("render.js", "report.js")
"""``render.js`` draws articles and places beside each other; ``report.js`` is the rest of the page."""


@cache
def asset(name: str) -> str:
    """A file of the page."""
    return (ASSETS / name).read_text(encoding="utf-8")


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content-Security-Policy under which these scripts and styles work, and nothing else does.

    No request is made, no other script or style counts, and no text can be turned into markup.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def pages(fields: Mapping[str, str], blocks: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The page in parts.

    Args:
        fields: for the template, ready to stand in it.
        blocks: ids and JSON of what the script reads; the JSON is ``safe.embedded``.
    """
    style = asset("report.css")
    scripts = [asset(name) for name in SCRIPTS]
    head, foot = asset("page.html").split("<!-- data -->\n")
    yield Template(head).substitute(fields, policy=policy(scripts, [style]), style=style)
    for name, data in blocks:
        yield f'<script type="application/json" id="data-{name}">{data}</script>\n'
    yield foot.replace("<!-- scripts -->\n", "".join(f"<script>{each}</script>\n" for each in scripts))
