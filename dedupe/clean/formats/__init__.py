"""Where in a file the words of a document are: a file a format.

Text formats are changed by leaving bytes out, so that all others stay as they are: ``interface`` says
what such a format has to tell. Parquet is written anew.
"""
