"""rensa on the texts of a folder of Parquet files: prints how many documents it keeps.

Run by an interpreter that has rensa: its batch interface over all tokens (not its rho mode, which
samples them), on shingles of three words or on bare words.
"""

import sys
from pathlib import Path

import pyarrow.parquet as pq
from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]

PERMUTATIONS, SEED, BANDS, THRESHOLD, BATCH = 128, 1, 16, 0.8, 1024

folder, tokens = sys.argv[1:]


def shingles(text: str) -> list[str]:
    """Its three-word shingles."""
    words = text.split()
    return [" ".join(each) for each in zip(words, words[1:], words[2:], strict=False)] or words


tokens_of = shingles if tokens == "shingles" else str.split
index = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
kept = 0
for path in sorted(Path(folder).glob("*.parquet")):
    for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=["text"]):
        sets = [tokens_of(text) for text in batch["text"].to_pylist()]
        matrix = RMinHash.digest_matrix_from_token_sets(sets, num_perm=PERMUTATIONS, seed=SEED)
        kept += len(sets) - sum(index.insert_matrix_and_query_duplicate_flags(matrix))
print(kept)  # noqa: T201
