"""Coverage-guided fuzzing of readers and of the pipeline, with atheris.

``pip install atheris``, then ``python -m benchmarks.fuzz.readers NEW tests/fuzz/readers`` and
``python -m benchmarks.fuzz.texts NEW tests/fuzz/texts``: NEW is a folder for what is found on the way,
and further arguments are libFuzzer's (``-max_total_time=3600``). What crashes is left as a file in the
current folder; the same command with the file for its only argument runs it again. ``tests/fuzz`` holds
a corpus that covers what was reached so far; tests run it.
"""
