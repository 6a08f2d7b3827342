"""The command line: one file a subcommand, over ``options``, ``output``, ``progress``.

The only place that reads the environment and prints.
"""
