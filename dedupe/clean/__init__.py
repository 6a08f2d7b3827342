"""A cleaned copy of a corpus, and the way back.

The files follow the data: ``corpus`` says which documents stand where, ``select`` which places of a
report are to go, ``copies`` what is a copy of what, ``edges`` what of a place can go without leaving
half a sentence, ``plan`` what goes in all, pass after pass. ``formats`` finds the bytes of it in each
kind of file, ``folder`` makes the result appear whole or not at all, ``manifest`` records it,
``restore`` turns it back. ``run`` is all of it on one page.
"""
