"""What can go wrong, as a user reads it: one line that says what, where, and what to do."""


class DedupeError(Exception):
    """Wrong use, a bad configuration, or nothing that could be read: exit code 2 on the command line.

    The message is one line, written for the person who typed the command.
    """
