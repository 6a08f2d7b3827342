"""Where a report goes: to stdout in one format, to files in the formats their names ask for."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dedupe.cli import configuration
from dedupe.cli.notices import say
from dedupe.cli.screen import PAGE, view_of
from dedupe.errors import DedupeError
from dedupe.formats.interface import Format, Pair, View, by_file_name, by_name
from dedupe.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe.report import Report

SHOWN_PATHS = 5
_NOT_ON_THE_LINE = ("jobs", "limits", "scopes", "scopes_base", "exclude_base")
"""Settings that change no result, that only a file can hold, or that have another name there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written, checked before any work is done."""

    to_stdout: Format | None
    to_files: tuple[tuple[Path, Format], ...]
    data_card: bool = False
    """Whether Markdown is the part of a dataset's card."""

    @property
    def files(self) -> list[Path]:
        """Every file that is written: reports of earlier runs, which are no articles of this one."""
        return [
            path / name if name else path for path, form in self.to_files for name in form.files or ("",)
        ]

    @property
    def for_people(self) -> bool:
        """Whether somebody reads the report on stdout."""
        return self.to_stdout is not None and self.to_stdout.for_people

    def write(
        self, report: Report, *, text: bool, command: str, quiet: bool, pair: Pair | None = None
    ) -> None:
        """Write the report everywhere it is wanted, as that of two documents where a pair is given.

        Raises DedupeError: a file cannot be written; what stood there before is whole.
        """
        view = View(
            text=text,
            width=PAGE,
            command=command,
            pair=pair,
            is_file=os.path.isfile,
            data_card=self.data_card,
        )
        for path, form in self.to_files:
            if form.write_folder:
                with replacing_folder(path, form.files) as folder:
                    form.write_folder(report, folder, view)
            else:
                with replacing(path) as stream:
                    form.write(report, stream, view)
        if self.to_stdout is not None:
            _print(report, self.to_stdout, view)
        elif not quiet:
            from dedupe.formats.shared.verdict import severities, verdict

            names = ", ".join(str(path) for path, _ in self.to_files)
            say(f"{verdict(report, severities(report))} (written to {names})")


def plan(
    format_name: str | None,
    outputs: Sequence[Path],
    inputs: Sequence[str],
    *,
    data_card: bool = False,
) -> Plan:
    """Where the report goes; stdout gets it when no file does, or when a format is asked for.

    Raises DedupeError: an unknown format or suffix, or a file that could not be written.
    """
    to_files = tuple((path, by_file_name(str(path))) for path in outputs)
    for path, form in to_files:
        _check(path, form, inputs)
    name = format_name or (None if outputs else "terminal")
    to_stdout = by_name(name) if name else None
    if to_stdout and to_stdout.write_folder:
        if not any(form is to_stdout for _, form in to_files):
            raise DedupeError(f"--format {name} is a folder of tables: name it with -o FOLDER.{name}")
        to_stdout = None
    if data_card and not any(
        each and each.name == "markdown" for each in (to_stdout, *(form for _, form in to_files))
    ):
        raise DedupeError("--data-card is Markdown: give --format markdown or -o FILE.md")
    return Plan(to_stdout, to_files, data_card)


def _check(path: Path, form: Format, inputs: Sequence[str]) -> None:
    folder = path.parent
    if form.write_folder:
        _check_folder(path, form.files)
    elif path.is_dir():
        raise DedupeError(f"--output {path} is a folder: name a file")
    elif path.exists() and not path.is_file():
        raise DedupeError(f"--output {path} is no ordinary file")
    if not folder.is_dir():
        raise DedupeError(f"--output {path} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DedupeError(f"--output {path} cannot be written: no permission in {folder}")
    if path.exists() and not os.access(path, os.W_OK):
        raise DedupeError(f"--output {path} cannot be written: it is write-protected")
    written = [path, *(path / name for name in form.files)]
    if any(each != "-" and _same(one, each) for each in inputs for one in written):
        raise DedupeError(f"--output {path} is also read: it would be overwritten")


def _check_folder(path: Path, files: Sequence[str]) -> None:
    """A folder is replaced only if there is nothing in it but what would be written again."""
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_dir():
        raise DedupeError(f"--output {path} is no folder: this format is a folder of tables")
    others = sorted(each.name for each in path.iterdir() if each.name not in files or each.is_dir())
    if others:
        raise DedupeError(
            f"--output {path} holds {others[0]}, which is no part of a report: name another folder"
        )


def _same(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text stream whose content takes the place of the file once it is complete, never before.

    Raises DedupeError: the file cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        with open(draft, "x", encoding="utf-8", newline="\n") as stream:
            yield stream
        with suppress(FileNotFoundError):
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(draft, target)
    except OSError as error:
        raise DedupeError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path, files: Sequence[str]) -> Iterator[Path]:
    """An empty folder that takes the place of the one named once it is complete, never before.

    What is replaced holds no other files than these. A process that is killed between the two
    renames leaves the old folder under a name that begins with a dot, never a mixture.

    Raises DedupeError: the folder cannot be written, or what stands there is not ours to replace.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    draft, old = (
        target.with_name(f".{target.name}.{os.urandom(4).hex()}.{end}") for end in ("tmp", "old")
    )
    try:
        draft.mkdir()
        yield draft
        _check_folder(target, files)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
            os.replace(target, old)
        os.replace(draft, target)
    except OSError as error:
        raise DedupeError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if old.exists() and not target.exists():
            os.replace(old, target)
        for folder in (draft, old):
            shutil.rmtree(folder, ignore_errors=True)


def _print(report: Report, form: Format, view: View) -> None:
    with writing_to_stdout(), _stdout(form) as stream:
        screen = view_of(stream, text=view.text, command=view.command)
        shown = replace(view, width=screen.width, colour=screen.colour, encoding=screen.encoding)
        form.write(report, stream, shown)
        stream.flush()


@contextmanager
def writing_to_stdout() -> Iterator[None]:
    """Around what is written and flushed to stdout; a reader that goes away ends it quietly.

    Raises DedupeError: stdout cannot be written.
    """
    try:
        yield
    except OSError as error:
        # Python would try to write the rest at its end, and complain a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return  # the reader has what it wanted
        raise DedupeError(f"stdout cannot be written: {error.strerror or error}") from error


@contextmanager
def _stdout(form: Format) -> Iterator[TextIO]:
    """Stdout as the format wants it: as it is for people, UTF-8 with line feeds for programs."""
    buffer = getattr(sys.stdout, "buffer", None)
    if form.for_people or buffer is None:
        yield sys.stdout
        return
    sys.stdout.flush()
    data = io.TextIOWrapper(buffer, encoding="utf-8", newline="\n")
    try:
        yield data
    finally:
        with suppress(OSError):
            data.detach()


def command(name: str, paths: Sequence[str], settings: Settings, options: Sequence[str] = ()) -> str:
    """The command that makes this report again; no option that leaves the result alone.

    What a configuration file says needs not be said again.
    """
    usual = Settings()
    words = ["dedupe", name, *options]
    used = configuration.current().used
    if "paths" in used:
        pass
    elif len(paths) > SHOWN_PATHS:
        words.append("PATH...")
    else:
        words += [f"./{path}" if path.startswith("-") and path != "-" else path for path in paths]
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if each.name in (*_NOT_ON_THE_LINE, *used) or value == getattr(usual, each.name):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            words += ["--" + each.name.replace("_", "-"), str(one)]
    if "limit" not in used:
        for name, number in settings.limits.changed.items():
            words += ["--limit", f"{name}={number}"]
    return shlex.join(words)
