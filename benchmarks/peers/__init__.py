"""Other tools on the same text, each in an environment of its own with pinned versions."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.timing import Cost, command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

HERE: Final = Path(__file__).parent
PARTS: Final = 2
"""Files that the text is given in, one for each process that a peer may start."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool: what it is, how much text it gets, and how it is run."""

    name: str
    """With its version."""
    packages: tuple[str, ...]
    """What pip installs."""
    megabytes: int
    """Text that it finishes in reasonable time."""
    words: tuple[str, ...]
    """The command behind the interpreter; {here} is this folder, {texts} the folder of Parquet files,
    {work} an empty one."""
    about: str
    """What it does, and does not do, of what an audit does."""
    times: str = ""
    """How many times its throughput dedupe's is to be."""


PEERS: Final = (
    Peer(
        "text-dedup 0.4.0, two processes",
        ("text-dedup==0.4.0",),
        20,
        (
            *("-m", "text_dedup.minhash", "--path", "parquet", "--data_files", "{texts}/*.parquet"),
            *("--split", "train", "--column", "text", "--num_proc", "2", "--batch_size", "10000"),
            *("--cache_dir", "{work}/cache", "--output", "{work}/kept"),
        ),
        "MinHash of whole documents, clusters unverified, writes those kept; "
        "no repeats inside, no spans, no boilerplate, no report",
        "at least 30",
    ),
    Peer(
        "datatrove 0.10.1, two processes",
        ("datatrove[io,processing]==0.10.1", "spacy==3.8.18", "orjson==3.13.0"),
        10,
        ("{here}/run_datatrove.py", "{texts}", "{work}"),
        "MinHash 14×8 of whole documents over 5-grams, clusters unverified, writes those kept; "
        "no repeats inside, no spans, no boilerplate, no report",
        "at least 100",
    ),
    Peer(
        "rensa 0.5.0, shingles made in Python",
        ("rensa==0.5.0", "pyarrow>=21"),
        100,
        ("{here}/run_rensa.py", "{texts}", "shingles"),
        "MinHash of whole documents, estimates; counts those kept, writes nothing; "
        "no tokens of its own, no repeats inside, no spans, no boilerplate, no report",
        "at least 5",
    ),
    Peer(
        "rensa 0.5.0, bare words",
        ("rensa==0.5.0", "pyarrow>=21"),
        100,
        ("{here}/run_rensa.py", "{texts}", "words"),
        "the same on `str.split`: documents that use the same words are copies, whatever they say",
    ),
    Peer(
        "datasketch 2.0.0, shingles made in Python",
        ("datasketch==2.0.0", "xxhash==4.1.0", "pyarrow>=21"),
        20,
        ("{here}/run_datasketch.py", "{texts}"),
        "MinHash and LSH of whole documents, estimates; counts those kept, writes nothing; "
        "no tokens of its own, no repeats inside, no spans, no boilerplate, no report",
    ),
)


def installed(peer: Peer, cache: Path) -> Path | None:
    """The interpreter of the peer's environment, made where it is missing; None if pip cannot."""
    folder = cache / "-".join(each.replace("==", "-").replace(">=", "-") for each in peer.packages)
    python = folder / "bin" / "python"
    if (folder / "whole").exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", *peer.packages]
    done = subprocess.run(pip, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.stderr.buffer.write(done.stderr)
        return None
    (folder / "whole").touch()
    return python


class Part:
    """The first documents of a corpus, as files that a peer reads."""

    def __init__(self, texts: pa.Table, megabytes: int, folder: Path) -> None:
        self.folder = folder
        sizes = np.cumsum(pc.binary_length(texts["text"]).to_numpy(), dtype=np.int64)
        rows = min(int(np.searchsorted(sizes, megabytes * 1e6)) + 1, len(texts))
        self.bytes = int(sizes[rows - 1])
        folder.mkdir()
        for number in range(PARTS):
            first, last = rows * number // PARTS, rows * (number + 1) // PARTS
            pq.write_table(texts.slice(first, last - first), folder / f"{number}.parquet")


def run(peer: Peer, python: Path, texts: Path, environment: Mapping[str, str]) -> Cost:
    """What the peer takes on the texts, with nothing left over from earlier runs."""
    with tempfile.TemporaryDirectory() as work:
        names = {"here": str(HERE), "texts": str(texts), "work": work}
        words: Sequence[str] = [str(python), "-I", *(each.format(**names) for each in peer.words)]
        return command(words, {**environment, "HF_HOME": work, "HF_HUB_OFFLINE": "1"})
