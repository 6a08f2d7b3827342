"""Reading ahead in a thread, so that decoding overlaps with what is done with the documents."""

from __future__ import annotations

from contextlib import closing
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds to wait for the thread to end. It ends after the item it is at, unless it waits for input
that does not come (standard input): then it ends with the process."""


class _Failed:
    """An exception on its way from one thread to the other."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def ahead(items: Generator[T, None, None], depth: int = 8) -> Generator[T, None, None]:
    """The same items, up to ``depth`` of them made in a thread before they are asked for.

    What goes wrong there is raised here, in its place. Closing this ends the thread.
    """
    queue: SimpleQueue[T | _Failed | None] = SimpleQueue()
    room = Semaphore(depth)
    stopped = False

    def work() -> None:
        try:
            with closing(items):
                room.acquire()
                while not stopped and (item := next(items, None)) is not None:
                    queue.put(item)
                    del item  # or a batch would be held that the other side is done with
                    room.acquire()
            queue.put(None)
        except BaseException as error:  # handed over, not lost
            queue.put(_Failed(error))

    thread = Thread(target=work, name="dedupe-read", daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, _Failed):
                raise item.error
            yield item
            room.release()
    finally:
        stopped = True
        room.release()
        thread.join(_PATIENCE)
