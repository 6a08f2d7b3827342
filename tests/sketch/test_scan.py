"""One pass over the bytes: the keys of bands, and where the kernel keeps to the room it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.reference import band_key
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Plan
from dedupe.kernels import kernel
from dedupe.passages.reference import passages
from dedupe.sketch import scan
from dedupe.sketch.corpus import texts_of_strings
from dedupe.sketch.reference import signature_by_datasketch

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel
def _band_key(signature: NDArray[np.uint32], first: int, last: int) -> np.uint32:
    return scan.band_key(signature, first, last)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=12), st.data())
def test_the_kernel_makes_the_key_of_a_band_as_the_reference_does(
    values: list[int], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(values)))
    last = data.draw(st.integers(first, len(values)))
    assert int(_band_key(np.array(values, np.uint32), first, last)) == band_key(values[first:last])


@pytest.mark.parametrize("least", [1, 4, 12])
def test_passages_that_weigh_enough_have_the_keys_of_their_signatures(least: int) -> None:
    lines = [
        " ".join(f"word{number}" for number in range(size)) for size in (14, 3, 12, 11, 13, 4, 1, 40)
    ]
    texts = ["\n".join(lines), "", "\n".join(lines[::-1]), "…"]
    plan = Plan(shingle=3, least_weight=4 * least, bands=6, rows=5, permutations=32, seed=9)
    signed = [
        text[passage.start : passage.end]
        for text in texts
        for passage in passages(text)
        if passage.weight >= plan.least_weight
    ]
    expected = [
        [band_key(values[band * 5 : band * 5 + 5]) for band in range(6)]
        for values in (signature_by_datasketch(text, 3, 32, 9).tolist() for text in signed)
    ]
    assert expected
    assert Compiled().scan(texts_of_strings(texts), plan).keys.T.tolist() == expected


@pytest.mark.parametrize("least", [1, 2, 12])
def test_there_is_room_for_the_keys_of_many_documents_that_just_weigh_enough(least: int) -> None:
    # No byte stands between two documents.
    plan = Plan(shingle=3, least_weight=4 * least, bands=3, rows=2, permutations=6, seed=1)
    texts = [" ".join("a" * least)] * 1000
    keys = Compiled().scan(texts_of_strings(texts), plan).keys
    assert keys.shape == (3, 1000)
    assert (keys == keys[:, :1]).all()
