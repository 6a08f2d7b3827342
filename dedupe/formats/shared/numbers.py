"""Numbers as people read them. A small thing is never shown as nothing, nor nearly all as all."""

from __future__ import annotations


def number(value: int) -> str:
    """``2,215``."""
    return f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """``1 error``, ``2 errors``, ``1,024 passages``."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def percent(fraction: float) -> str:
    """``12.9%``; ``0%`` and ``100%`` only when it is so."""
    if fraction <= 0:
        return "0%"
    if fraction >= 1:
        return "100%"
    shown = f"{100 * fraction:.1f}%"
    return {"0.0%": "<0.1%", "100.0%": ">99.9%"}.get(shown, shown)


def similarity(value: float) -> str:
    """``0.873``; ``0`` and ``1`` only when it is so."""
    if value <= 0:
        return "0"
    if value >= 1:
        return "1"
    shown = f"{value:.3f}"
    return {"0.000": "<0.001", "1.000": ">0.999"}.get(shown, shown.rstrip("0"))


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
