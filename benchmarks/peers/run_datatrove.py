"""datatrove's MinHash pipeline on a folder of Parquet files, its four stages with their defaults.

Run by an interpreter that has datatrove; as many tasks as there are files, in two processes.
"""

import sys
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor  # type: ignore[import-not-found]
from datatrove.pipeline.dedup import (  # type: ignore[import-not-found]
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig  # type: ignore[import-not-found]
from datatrove.pipeline.readers import ParquetReader  # type: ignore[import-not-found]
from datatrove.pipeline.writers import JsonlWriter  # type: ignore[import-not-found]

WORKERS = 2

if __name__ == "__main__":
    texts, work = sys.argv[1], Path(sys.argv[2])
    config = MinhashConfig()
    tasks = len(list(Path(texts).glob("*.parquet")))
    signatures, buckets, removed = (str(work / name) for name in ("signatures", "buckets", "removed"))
    stages = [
        ([ParquetReader(texts), MinhashDedupSignature(signatures, config=config)], tasks),
        ([MinhashDedupBuckets(signatures, buckets, config=config)], config.num_buckets),
        ([MinhashDedupCluster(buckets, removed, config=config)], 1),
        ([ParquetReader(texts), MinhashDedupFilter(removed), JsonlWriter(str(work / "kept"))], tasks),
    ]
    for number, (pipeline, count) in enumerate(stages):
        LocalPipelineExecutor(
            pipeline, tasks=count, workers=min(count, WORKERS), logging_dir=str(work / f"logs-{number}")
        ).run()
