"""Where two documents differ, word by word, and of what sort each difference is.

Two runs of words are laid against each other by the triples of words that stand once in either, in
the longest order that both share (patience diff, Bram Cohen); what stands between is extended word by
word and, where it is short, aligned by its longest common subsequence, a figure standing for any
other figure. Near linear: nothing is compared in more than ``SMALL`` by ``SMALL`` words.

All of it is loops over columns, to be run through ``Compute.run``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import part
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.looks import CAPITAL, DIGIT, INITIAL, LONG, TITLE

SMALL: Final = 32
"""Words on either side of a gap that are aligned one by one."""
RUN: Final = 8
"""Equal words in a row from which they are a stretch that returns, not words that happen to agree."""
LEAD: Final = 80
"""Words of a new lead that are looked at."""
NAMES: Final = 6
"""Words of a name, at most."""
TRIED: Final = 64
"""Words of a document that are looked for in the other one, at most."""

FIGURE: Final = 1
NAME: Final = 2
PLAIN: Final = 3
"""What sort a difference is: figures, names and dates, or anything else."""

# Columns of what is counted for a pair.
EQUAL, FIGURES, OTHER_NAMES, PLAINS, LEFT_SLOTS, RIGHT_SLOTS, LEFT_PLAIN, RIGHT_PLAIN = range(8)
"""Words that agree; differences of each sort; words in those of the first two sorts, left and right;
words in those of the third."""
LEFT_LEAD, RIGHT_LEAD, RETURNED, PASSAGES, LEAD_SHARED, LEAD_SMALLER = range(8, 14)
"""Quarter words before the first stretch that returns, left and right; in all such stretches;
passages that begin in them; different long words that both leads have, and that the one with fewer
has."""
COUNTS: Final = 14
EXAMPLES: Final = 4
"""Differences of a pair that are kept to be shown."""

NAMES_BY_CAPITALS: Final = 1
NOUNS_HAVE_CAPITALS: Final = 2
"""What a document's capitals say; 0 where its script has none."""


@part
def _mixed(words: NDArray[np.uint64], at: int) -> np.uint64:
    """A number for three words in a row, without a product: plain NumPy would warn of its overflow."""
    one, two, three = words[at], words[at + 1], words[at + 2]
    mixed: np.uint64 = (
        one
        ^ (two >> np.uint64(9) | two << np.uint64(55))
        ^ (three >> np.uint64(23) | three << np.uint64(41))
    )
    return mixed


def align(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    gaps: NDArray[np.int64],
) -> None:
    """Find the gaps between the words that agree.

    Args:
        words: (w,): word hashes.
        firsts: (d,) and
        lasts: (d,): document i is ``words[firsts[i]:lasts[i]]``.
        lefts: (n,) and
        rights: (n,): the pairs, rows of documents.
        bounds: out, (n + 1,): the gaps of pair i are rows ``bounds[i]`` to ``bounds[i + 1]``.
        gaps: out, (g, 4): first word left, the one behind the last, and the same right; room for a
            third of the shorter document's words and two more a pair.
    """
    longest = 0
    for pair in range(lefts.size):
        longest = max(longest, lasts[lefts[pair]] - firsts[lefts[pair]])
        longest = max(longest, lasts[rights[pair]] - firsts[rights[pair]])
    slots = 2
    shift = 63
    while slots < 2 * longest:
        slots *= 2
        shift -= 1
    mask = slots - 1
    stamps = np.full(slots, -1, np.int64)
    left_at = np.empty(slots, np.int64)
    right_at = np.empty(slots, np.int64)
    partners = np.empty(longest + 1, np.int64)
    tails = np.empty(longest + 1, np.int64)
    before = np.empty(longest + 1, np.int64)
    chain = np.empty(longest + 1, np.int64)
    written = 0
    for pair in range(lefts.size):
        bounds[pair] = written
        a, a_end = firsts[lefts[pair]], lasts[lefts[pair]]
        b, b_end = firsts[rights[pair]], lasts[rights[pair]]
        while a < a_end and b < b_end and words[a] == words[b]:
            a += 1
            b += 1
        while a < a_end and b < b_end and words[a_end - 1] == words[b_end - 1]:
            a_end -= 1
            b_end -= 1
        # Triples that stand once on either side. A place of -2 stands more than once.
        for at in range(a, a_end - 2):
            slot = np.int64(_mixed(words, at) >> np.uint64(shift))
            while stamps[slot] == pair:
                other = left_at[slot] if left_at[slot] >= 0 else -left_at[slot] - 2
                if (
                    words[other] == words[at]
                    and words[other + 1] == words[at + 1]
                    and words[other + 2] == words[at + 2]
                ):
                    break
                slot = (slot + 1) & mask
            if stamps[slot] == pair:
                left_at[slot] = -other - 2
            else:
                stamps[slot] = pair
                left_at[slot] = at
                right_at[slot] = -1
        for at in range(b, b_end - 2):
            partners[at - b] = -1
            slot = np.int64(_mixed(words, at) >> np.uint64(shift))
            while stamps[slot] == pair:
                other = left_at[slot] if left_at[slot] >= 0 else -left_at[slot] - 2
                if (
                    words[other] == words[at]
                    and words[other + 1] == words[at + 1]
                    and words[other + 2] == words[at + 2]
                ):
                    break
                slot = (slot + 1) & mask
            if stamps[slot] == pair and left_at[slot] >= 0:
                if right_at[slot] == -1:
                    right_at[slot] = at
                    partners[at - b] = slot
                elif right_at[slot] >= 0:
                    partners[right_at[slot] - b] = -1
                    right_at[slot] = -2
        # The longest chain of them that rises on both sides.
        length = 0
        for at in range(b, b_end - 2):
            if partners[at - b] < 0:
                continue
            place = left_at[partners[at - b]]
            partners[at - b] = place
            low, high = 0, length
            while low < high:
                middle = (low + high) // 2
                if partners[tails[middle] - b] < place:
                    low = middle + 1
                else:
                    high = middle
            before[at - b] = tails[low - 1] if low > 0 else -1
            tails[low] = at
            length = max(length, low + 1)
        at = tails[length - 1] if length > 0 else -1
        for row in range(length - 1, -1, -1):
            chain[row] = at
            at = before[at - b]
        base = b
        for row in range(length + 1):
            if row < length:
                right = chain[row]
                left = partners[right - base]
                if left < a or right < b:
                    continue
                while left > a and right > b and words[left - 1] == words[right - 1]:
                    left -= 1
                    right -= 1
            else:
                left, right = a_end, b_end
            if left > a or right > b:
                gaps[written, 0] = a
                gaps[written, 1] = left
                gaps[written, 2] = b
                gaps[written, 3] = right
                written += 1
            a, b = left, right
            while a < a_end and b < b_end and words[a] == words[b]:
                a += 1
                b += 1
    bounds[lefts.size] = written


def screen(
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    gaps: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Measure pairs by their gaps alone, to see which are worth more.

    Args:
        firsts: (d,) and
        lasts: (d,): where documents begin and end.
        lefts: (n,) and
        rights: (n,): the pairs, rows of documents.
        bounds: (n + 1,) and
        gaps: (g, 4): what ``align`` gives.
        counts: out, (n, 4): words that agree, those in stretches that return, and words before the
            first such stretch, left and right; all 0.
    """
    for pair in range(lefts.size):
        at, other = firsts[lefts[pair]], firsts[rights[pair]]
        for each in range(bounds[pair], bounds[pair + 1] + 1):
            last = gaps[each, 0] if each < bounds[pair + 1] else lasts[lefts[pair]]
            agree = last - at
            counts[pair, 0] += agree
            if agree >= RUN:
                if counts[pair, 1] == 0:
                    counts[pair, 2] = at - firsts[lefts[pair]]
                    counts[pair, 3] = other - firsts[rights[pair]]
                counts[pair, 1] += agree
            if each < bounds[pair + 1]:
                at, other = gaps[each, 1], gaps[each, 3]


@part
def _agree(words: NDArray[np.uint64], looks: NDArray[np.uint8], left: int, right: int) -> bool:
    """Whether two words are the same, a figure being the same as any other."""
    return bool(words[left] == words[right]) or (looks[left] & looks[right] & DIGIT) != 0


@part
def holds(values: NDArray[np.uint64], value: np.uint64) -> bool:
    """Whether an ascending array has a value."""
    low, high = 0, values.size
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < values.size and bool(values[low] == value)


@part
def _among(words: NDArray[np.uint64], first: int, last: int, value: np.uint64) -> bool:
    """Whether a word stands in a run."""
    found = False
    for at in range(first, last):
        if words[at] == value:
            found = True
            break
    return found


@part
def _weight(words: NDArray[np.uint64], at: int) -> int:
    """Quarter words, from the code in the two lowest bits."""
    return WEIGHT_OF_WORD >> int(words[at] & np.uint64(3))


@part
def _refine(
    words: NDArray[np.uint64],
    looks: NDArray[np.uint8],
    gap: NDArray[np.int64],
    table: NDArray[np.int64],
    places: NDArray[np.int64],
    count: int,
) -> int:
    """Write the differences of a gap behind ``count`` others; how many there are then.

    A difference runs from one word that agrees to the next, a figure for a figure being none.
    """
    a, a_end, b, b_end = gap[0], gap[1], gap[2], gap[3]
    open_a, open_b = a, b
    while a < a_end and b < b_end and _agree(words, looks, a, b):
        if words[a] == words[b]:
            if a > open_a or b > open_b:
                count = _place(places, count, open_a, a, open_b, b)
            open_a, open_b = a + 1, b + 1
        a += 1
        b += 1
    last_a, last_b = a_end, b_end
    while a < last_a and b < last_b and _agree(words, looks, last_a - 1, last_b - 1):
        last_a -= 1
        last_b -= 1
    wide, high = last_b - b, last_a - a
    if 0 < high <= SMALL and 0 < wide <= SMALL:
        # Three for the same word, two for a figure: words that agree go before figures that may.
        for row in range(high, -1, -1):
            for column in range(wide, -1, -1):
                if row == high or column == wide:
                    table[row * (SMALL + 1) + column] = 0
                    continue
                best = max(
                    table[(row + 1) * (SMALL + 1) + column], table[row * (SMALL + 1) + column + 1]
                )
                if _agree(words, looks, a + row, b + column):
                    gain = 3 if words[a + row] == words[b + column] else 2
                    best = max(best, gain + table[(row + 1) * (SMALL + 1) + column + 1])
                table[row * (SMALL + 1) + column] = best
        row = column = 0
        while row < high and column < wide:
            here = table[row * (SMALL + 1) + column]
            if words[a + row] == words[b + column]:
                if a + row > open_a or b + column > open_b:
                    count = _place(places, count, open_a, a + row, open_b, b + column)
                row += 1
                column += 1
                open_a, open_b = a + row, b + column
            elif (
                _agree(words, looks, a + row, b + column)
                and here == 2 + table[(row + 1) * (SMALL + 1) + column + 1]
            ):
                row += 1
                column += 1
            elif here == table[(row + 1) * (SMALL + 1) + column]:
                row += 1
            else:
                column += 1
    a, b = last_a, last_b
    while a < a_end:
        if words[a] == words[b]:
            if a > open_a or b > open_b:
                count = _place(places, count, open_a, a, open_b, b)
            open_a, open_b = a + 1, b + 1
        a += 1
        b += 1
    if a_end > open_a or b_end > open_b:
        count = _place(places, count, open_a, a_end, open_b, b_end)
    return count


@part
def _place(places: NDArray[np.int64], count: int, a: int, a_end: int, b: int, b_end: int) -> int:
    places[count, 0] = a
    places[count, 1] = a_end
    places[count, 2] = b
    places[count, 3] = b_end
    return count + 1


def weigh(
    words: NDArray[np.uint64],
    looks: NDArray[np.uint8],
    opens: NDArray[np.bool_],
    slots: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    capitals: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    gaps: NDArray[np.int64],
    counts: NDArray[np.int64],
    examples: NDArray[np.int64],
) -> None:
    """Tell the differences of pairs by their sort, and measure what returns behind new leads.

    A difference is one of figures where both sides hold nothing but figures and words that go with
    them, at least one figure each; one of names or dates where both hold nothing but such words,
    or names of which the other document knows nothing.

    Args:
        words: (w,): word hashes.
        looks: (w,): how the words look.
        opens: (w,): which words are the first of a passage.
        slots: ascending hashes of words that fill slots: months, numbers, directions.
        firsts: (d,) and
        lasts: (d,): document i is ``words[firsts[i]:lasts[i]]``.
        capitals: (d,): what the capitals of each document say.
        lefts: (n,) and
        rights: (n,): the pairs, rows of documents.
        bounds: (n + 1,) and
        gaps: (g, 4): what ``align`` gives.
        counts: out, (n, COUNTS), all 0.
        examples: out, (n, EXAMPLES, 5): the first differences of each pair, those of figures and
            names before others: the sort, and the places as in gaps; all 0.
    """
    longest = 1
    for pair in range(lefts.size):
        for each in range(bounds[pair], bounds[pair + 1]):
            longest = max(longest, gaps[each, 1] - gaps[each, 0] + gaps[each, 3] - gaps[each, 2])
    most = 0
    for pair in range(lefts.size):
        total = 0
        for each in range(bounds[pair], bounds[pair + 1]):
            total += gaps[each, 1] - gaps[each, 0] + gaps[each, 3] - gaps[each, 2] + 1
        most = max(most, total)
    places = np.empty((most + 1, 4), np.int64)
    sorts = np.empty(most + 1, np.int64)
    table = np.empty((SMALL + 1) * (SMALL + 1), np.int64)
    known = np.empty(2 * TRIED, np.uint64)
    for pair in range(lefts.size):
        left, right = lefts[pair], rights[pair]
        count = 0
        for each in range(bounds[pair], bounds[pair + 1]):
            count = _refine(words, looks, gaps[each], table, places, count)
        by_capitals = min(capitals[left], capitals[right])
        if max(capitals[left], capitals[right]) == NOUNS_HAVE_CAPITALS:
            by_capitals = NOUNS_HAVE_CAPITALS
        tried = names = 0
        # Names that are told by their capitals come first: where capitals say nothing, in a title
        # or at the start of a sentence, the same names are known then.
        for again in range(2):
            for each in range(count):
                a, a_end, b, b_end = places[each, 0], places[each, 1], places[each, 2], places[each, 3]
                if again == 1 and sorts[each] != PLAIN:
                    continue
                sorts[each] = PLAIN
                if a == a_end or b == b_end:
                    continue
                figures_left = figures_right = others = 0
                fits = True
                for at in range(a, a_end):
                    if looks[at] & DIGIT:
                        figures_left += 1
                    elif not holds(slots, words[at]):
                        others += 1
                for at in range(b, b_end):
                    if looks[at] & DIGIT:
                        figures_right += 1
                    elif not holds(slots, words[at]):
                        others += 1
                if others == 0:
                    sorts[each] = FIGURE if figures_left > 0 and figures_right > 0 else NAME
                    continue
                if max(a_end - a, b_end - b) - max(figures_left, figures_right) > NAMES:
                    continue
                # A name may stand beside a figure; both sides need one or the other.
                for side in range(2):
                    first, last = (a, a_end) if side == 0 else (b, b_end)
                    other = right if side == 0 else left
                    for at in range(first, last):
                        if looks[at] & DIGIT or holds(slots, words[at]):
                            continue
                        if again == 1 and _among(known, 0, names, words[at]):
                            continue
                        sure = by_capitals == NAMES_BY_CAPITALS and (
                            looks[at] & (CAPITAL | INITIAL | TITLE) == CAPITAL
                        )
                        if not sure and by_capitals != NAMES_BY_CAPITALS and again == 0:
                            sure = by_capitals == 0 or (looks[at] & (CAPITAL | TITLE)) == CAPITAL
                            sure = sure and _returns(words, places, count, each)
                        if not sure or tried == TRIED:
                            fits = False
                            break
                        tried += 1
                        if _among(words, firsts[other], lasts[other], words[at]):
                            fits = False
                            break
                    if not fits:
                        break
                if fits:
                    sorts[each] = NAME
                    for at in range(a, a_end):
                        if names < known.size and not _among(known, 0, names, words[at]):
                            known[names] = words[at]
                            names += 1
                    for at in range(b, b_end):
                        if names < known.size and not _among(known, 0, names, words[at]):
                            known[names] = words[at]
                            names += 1
        _count(words, looks, opens, firsts, lasts, left, right, places, sorts, count, counts[pair])
        shown = 0
        for wanted in range(2):
            for each in range(count):
                if shown < EXAMPLES and (sorts[each] == PLAIN) == (wanted == 1):
                    examples[pair, shown, 0] = sorts[each]
                    for column in range(4):
                        examples[pair, shown, 1 + column] = places[each, column]
                    shown += 1


@part
def _returns(words: NDArray[np.uint64], places: NDArray[np.int64], count: int, each: int) -> bool:
    """Whether the same words are exchanged for the same others in one more place."""
    size_a = places[each, 1] - places[each, 0]
    size_b = places[each, 3] - places[each, 2]
    for other in range(min(count, TRIED)):
        if other == each:
            continue
        if (
            places[other, 1] - places[other, 0] != size_a
            or places[other, 3] - places[other, 2] != size_b
        ):
            continue
        same = True
        for at in range(size_a):
            same = same and words[places[other, 0] + at] == words[places[each, 0] + at]
        for at in range(size_b):
            same = same and words[places[other, 2] + at] == words[places[each, 2] + at]
        if same:
            return True
    return False


@part
def _count(
    words: NDArray[np.uint64],
    looks: NDArray[np.uint8],
    opens: NDArray[np.bool_],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    left: int,
    right: int,
    places: NDArray[np.int64],
    sorts: NDArray[np.int64],
    count: int,
    counts: NDArray[np.int64],
) -> None:
    """Fill the counts of a pair from its differences."""
    at = lead_left = firsts[left]
    lead_right = firsts[right]
    found = False
    for each in range(count + 1):
        # What agrees before this difference.
        last = places[each, 0] if each < count else lasts[left]
        agree = last - at
        counts[EQUAL] += agree
        if agree >= RUN:
            if not found:
                found = True
                lead_left = at
                lead_right = (places[each, 2] if each < count else lasts[right]) - agree
            for word in range(at, last):
                counts[RETURNED] += _weight(words, word)
                counts[PASSAGES] += opens[word]
        if each == count:
            break
        at = places[each, 1]
        size_left = places[each, 1] - places[each, 0]
        size_right = places[each, 3] - places[each, 2]
        if sorts[each] == PLAIN:
            counts[PLAINS] += 1
            counts[LEFT_PLAIN] += size_left
            counts[RIGHT_PLAIN] += size_right
        else:
            if sorts[each] == FIGURE:
                counts[FIGURES] += 1
            else:
                counts[OTHER_NAMES] += 1
            counts[LEFT_SLOTS] += size_left
            counts[RIGHT_SLOTS] += size_right
    if not found:
        return
    for word in range(firsts[left], lead_left):
        counts[LEFT_LEAD] += _weight(words, word)
    for word in range(firsts[right], lead_right):
        counts[RIGHT_LEAD] += _weight(words, word)
    # Long words of the leads, each counted where it stands first.
    last_left = min(lead_left, firsts[left] + LEAD)
    last_right = min(lead_right, firsts[right] + LEAD)
    in_left = in_right = 0
    for word in range(firsts[left], last_left):
        if looks[word] & LONG and not _among(words, firsts[left], word, words[word]):
            in_left += 1
            counts[LEAD_SHARED] += _among(words, firsts[right], last_right, words[word])
    for word in range(firsts[right], last_right):
        in_right += looks[word] & LONG != 0 and not _among(words, firsts[right], word, words[word])
    counts[LEAD_SMALLER] = min(in_left, in_right)
