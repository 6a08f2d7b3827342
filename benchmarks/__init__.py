"""One command a question: what dedupe finds of what there is to find, and how long it takes.

``python -m benchmarks`` lists them. Each takes the folder of the data as its argument, prints a
table, and writes it as JSON and Markdown into ``reports/benchmarks``.
"""
