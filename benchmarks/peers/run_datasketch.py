"""datasketch on the texts of a folder of Parquet files: prints how many documents it keeps.

Run by an interpreter that has datasketch: its batch interface in its fastest scheme, over shingles of
three words, and its LSH index.
"""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import xxhash
from datasketch import MinHash, MinHashLSH

PERMUTATIONS, SEED, THRESHOLD, BATCH = 128, 1, 0.8, 1024


def shingles(text: str) -> list[bytes]:
    """Its three-word shingles."""
    words = text.encode().split()
    return [b" ".join(each) for each in zip(words, words[1:], words[2:], strict=False)] or words


index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
kept = row = 0
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=["text"]):
        sets = [shingles(text) for text in batch["text"].to_pylist()]
        options = {"scheme": "affine32", "hashfunc": xxhash.xxh32_intdigest}
        for each in MinHash.generator(sets, num_perm=PERMUTATIONS, seed=SEED, **options):
            kept += not index.query(each)
            index.insert(row, each)
            row += 1
print(kept)  # noqa: T201
