"""What the JSON of reports is held to."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from dedupe.formats.json import schema

SARIF = Path(__file__).with_name("sarif-schema-2.1.0.json")
"""The schema of OASIS, as it is published."""


@cache
def _report() -> Any:
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@cache
def _sarif() -> Any:
    validator = jsonschema.Draft4Validator
    return validator(json.loads(SARIF.read_text("utf-8")), format_checker=validator.FORMAT_CHECKER)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; no key stands in it twice."""
    assert len(dict(pairs)) == len(pairs), [name for name, _ in pairs]
    return dict(pairs)


def valid_report(text: str) -> Any:
    """The parsed report, which the project's own schema allows."""
    parsed = json.loads(text, object_pairs_hook=_once)
    _report().validate(parsed)
    return parsed


def valid_sarif(text: str) -> Any:
    """The parsed log, which the official schema allows."""
    parsed = json.loads(text)
    _sarif().validate(parsed)
    return parsed
