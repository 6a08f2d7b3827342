"""The program: its subcommands, ``--version``, and what every failure looks like."""

import ctypes
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dedupe import __version__
from dedupe.cli import config, explain
from dedupe.cli.commands import COMMANDS
from dedupe.cli.configuration import Configured
from dedupe.cli.notices import complain
from dedupe.errors import DedupeError

WRONG_USE = 2
MALLOPT = {
    "M_ARENA_MAX": (-8, 1),
    "M_MMAP_THRESHOLD": (-3, 32 << 20),
    "M_TRIM_THRESHOLD": (-1, 2**31 - 1),
}
"""What is asked of glibc's ``mallopt``: its numbers for these, and their values."""
INTERRUPTED = 130


class Program(TyperGroup):
    """Turns whatever stops a command into one line on stderr and the promised exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process unless told otherwise."""

        def run() -> Any:
            return super(Program, self).main(
                args, prog_name, complete_var, False, windows_expand_args, **extra
            )

        if not standalone_mode:
            return run()
        try:
            result = run()
        except DedupeError as error:
            complain(str(error))
            sys.exit(WRONG_USE)
        except (KeyboardInterrupt, typer.Abort):
            complain("interrupted")
            sys.exit(INTERRUPTED)
        except Exception as error:
            # Usage errors are a class of typer's or of click's, depending on the version of typer.
            message = getattr(error, "format_message", None)
            if message is not None:
                _refuse(message(), getattr(error, "ctx", None))
            else:
                # Not 1, which says that the gate was hit: no hook may take a fault for a finding.
                traceback.print_exc()
                complain("this is a fault in dedupe: please report it with the lines above")
            sys.exit(WRONG_USE)
        if result == INTERRUPTED:
            complain("interrupted")
        sys.exit(result if isinstance(result, int) else 0)


def _refuse(message: str, context: typer.Context | None) -> None:
    if not message:  # no arguments at all: the help is on the screen already
        return
    command = context.command_path if context else "dedupe"
    complain(f"{message.rstrip('.')} (try: {command} --help)")


app = typer.Typer(
    name="dedupe",
    cls=Program,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dedupe {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, metavar="", help="Show the version."
        ),
    ] = False,
) -> None:
    """Find what is said twice in a pile of articles.

    [bold]dedupe audit articles/[/bold]   what repeats, and where
    [bold]dedupe check articles/[/bold]   the same for hooks and CI
    [bold]dedupe compare A B[/bold]       two articles side by side
    [bold]dedupe explain CODE[/bold]      what a finding means
    [bold]dedupe config[/bold]            the settings in effect, and where they come from
    """


for _name, _command in COMMANDS.items():
    app.command(_name, cls=Configured)(_command)
app.command("config", cls=Configured)(config.config)
app.command("explain")(explain.explain)


def _share_memory() -> None:
    """Let all threads get memory from one heap that keeps what is freed, where glibc can be told so.

    Columns are made in one thread and let go in another: with a heap a thread, or where freed memory
    goes back to the system at once, what one has let go is of no use to the next, and a page that is
    touched for the first time costs as much as the work.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        for number, value in MALLOPT.values():
            library.mallopt(number, value)


def main() -> None:
    """The entry point of ``dedupe``."""
    # Nothing here multiplies matrices: NumPy would start threads for that, and they would spin.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A column takes room for more than it will hold: what is touched of it should be pages, and not the
    # two megabytes around each, which cost a fifth of the time where memory was not in use before.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    # Arrow gets memory where all else does, and not from a pool that keeps as much again.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _share_memory()
    # What is imported is no garbage, and a report holds no cycles: look for some only now and then.
    gc.set_threshold(100_000)
    code = 0
    try:
        app(prog_name="dedupe")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    for stream in (sys.stdout, sys.stderr):
        # A reader that went away has been told of before.
        with suppress(OSError, ValueError):
            stream.flush()
    # Not by way of freeing a corpus piece by piece: the system takes it back at once.
    os._exit(code)
