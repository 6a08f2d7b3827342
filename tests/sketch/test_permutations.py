"""The permutations are datasketch's, drawn without importing it."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHash

from dedupe.sketch.permutations import permutations


@pytest.mark.parametrize("seed", [0, 1, 42, 2**31, 2**32 - 1])
@pytest.mark.parametrize("count", [1, 16, 128, 4096])
def test_they_are_those_of_datasketch(count: int, seed: int) -> None:
    factors, terms = permutations(count, seed)
    theirs = MinHash(num_perm=count, seed=seed, scheme="affine32").permutations
    assert factors.dtype == terms.dtype == np.uint32
    assert np.array_equal(np.stack([factors, terms]), np.asarray(theirs))


def test_every_factor_is_odd_so_that_each_is_a_permutation() -> None:
    assert (permutations(4096, 1)[0] % 2 == 1).all()
