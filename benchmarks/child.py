"""Run a command: its seconds, peak memory in bytes and exit status on the last line of stderr.

Started as a script, in a process of its own that imports next to nothing: the peak memory that
Linux reports of a child is at least what its parent held when it was started. What the command starts
itself counts, too: while it has children, the memory of all of them is added up ten times a second.
"""

import os
import signal
import sys
import time

PAUSE = 0.1


def memory_of_all(first: int) -> int:
    """Resident memory of a process and all that it started, in pages; 0 where it is alone."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as stat:
                    parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
            except OSError:
                continue  # gone
    family = [first]
    for each in family:
        family += [child for child, parent in parents.items() if parent == each]
    if len(family) == 1:
        return 0
    pages = 0
    for each in family:
        try:
            with open(f"/proc/{each}/statm") as statm:
                pages += int(statm.read().split()[1])
        except OSError:
            continue
    return pages


if hasattr(signal, "sigtimedwait"):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
begin = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, setsigmask=[])
pages = 0
if hasattr(signal, "sigtimedwait"):
    while signal.sigtimedwait([signal.SIGCHLD], PAUSE) is None:
        pages = max(pages, memory_of_all(process))
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - begin
unit = 1 if sys.platform == "darwin" else 1024
memory = max(usage.ru_maxrss * unit, pages * os.sysconf("SC_PAGE_SIZE"))
sys.stderr.write(f"\n{seconds} {memory} {os.waitstatus_to_exitcode(status)}\n")
