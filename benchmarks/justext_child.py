"""jusText's verdicts on lines; run by an interpreter that has jusText: JSON on stdin, JSON on stdout.

In: a list of pages, each a list of lines. Out: for each page, 1 for each line that is content.
"""

import html
import json
import sys

import justext  # type: ignore[import-not-found]

STOPLIST = justext.get_stoplist("English")

verdicts = []
for lines in json.load(sys.stdin):
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    content = [0] * len(lines)
    for paragraph in justext.justext(f"<html><body>{body}</body></html>", STOPLIST):
        place = paragraph.xpath.rpartition("/p[")[2].rstrip("]")
        number = int(place) - 1 if place.isdigit() else 0
        content[number] = int(not paragraph.is_boilerplate)
    verdicts.append(content)
json.dump(verdicts, sys.stdout)
