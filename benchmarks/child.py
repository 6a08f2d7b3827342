"""Run a command: its seconds, peak memory in bytes and exit status on the last line of stderr.

Started as a script, in a process of its own that imports next to nothing: the peak memory that
Linux reports of a child is at least what its parent held when it was started.
"""

import os
import sys
import time

begin = time.perf_counter()
process = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - begin
unit = 1 if sys.platform == "darwin" else 1024
sys.stderr.write(f"\n{seconds} {usage.ru_maxrss * unit} {os.waitstatus_to_exitcode(status)}\n")
