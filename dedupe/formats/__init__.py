"""Views of a report, one a file (or folder): ``interface`` lists them, ``shared`` is what they share."""
