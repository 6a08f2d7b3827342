"""A browser for the tests of the page: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedupe.formats.interface import View
from dedupe.report import Report

from .reading import written

try:
    from playwright.sync_api import expect
except ImportError:
    expect = None  # type: ignore[assignment]  # what needs it is skipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request
    from playwright.sync_api import Page as Tab

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP, PHONE = (1280, 900), (390, 844)

__all__ = ["DESKTOP", "PHONE", "Open", "expect"]

Open = Callable[..., "Tab"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; the tests that want it are skipped where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("no Playwright: pip install -e '.[dev]'")
    if program is None:
        _without("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()


def _without(reason: str) -> None:
    if os.environ.get("DEDUPE_REQUIRE_BROWSER"):
        pytest.fail(f"DEDUPE_REQUIRE_BROWSER is set, and there is {reason}")
    pytest.skip(reason)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a report's page from disk. It may ask for nothing else, and complain of nothing."""
    troubles: list[str] = []
    with ExitStack() as contexts:

        def open_page(
            report: Report,
            part: str = "",
            *,
            size: tuple[int, int] = DESKTOP,
            dark: bool = False,
            view: View | None = None,
        ) -> Tab:
            path = tmp_path / "report.html"
            path.write_text(written(report, view), encoding="utf-8")
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            contexts.callback(context.close)
            tab = context.new_page()

            def said(message: ConsoleMessage) -> None:
                if message.type in ("error", "warning"):
                    troubles.append(f"console: {message.text}")

            def asked(request: Request) -> None:
                if request.url != path.as_uri():
                    troubles.append(f"request: {request.url}")

            tab.on("console", said)
            tab.on("request", asked)
            tab.on("pageerror", lambda error: troubles.append(f"error: {error}"))
            tab.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
            tab.goto(path.as_uri() + (f"#{part}" if part else ""))
            return tab

        yield open_page
    assert troubles == []
