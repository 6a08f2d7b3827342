"""Other tools get the first documents of the same text, and pinned versions."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.peers import HERE, PEERS, Part, Peer, run
from benchmarks.timing import plain_environment


def test_a_part_is_the_first_documents(tmp_path: Path) -> None:
    texts = pa.table({"id": list("abcde"), "text": ["x" * 400_000] * 5})
    part = Part(texts, 1, tmp_path / "part")
    assert part.bytes == 1_200_000
    held = [pq.read_table(path)["id"].to_pylist() for path in sorted(part.folder.glob("*.parquet"))]
    assert held == [["a"], ["b", "c"]]
    assert Part(texts, 10, tmp_path / "whole").bytes == 2_000_000


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_versions_are_pinned_and_said(peer: Peer) -> None:
    name, _, version = peer.packages[0].partition("==")
    assert version
    assert peer.name.startswith(f"{name.partition('[')[0]} {version}")
    assert peer.about
    for word in peer.words:
        if word.startswith("{here}"):
            assert Path(word.format(here=HERE)).is_file()


def test_each_run_has_an_empty_folder_to_work_in(tmp_path: Path) -> None:
    code = (
        "import os, sys; left = os.listdir(sys.argv[1]);"
        "open(os.path.join(sys.argv[1], 'left'), 'w').close(); sys.exit(len(left))"
    )
    peer = Peer("none", (), 1, ("-c", code, "{work}"), "")
    for _ in range(2):
        assert run(peer, Path(sys.executable), tmp_path, plain_environment()).seconds > 0
