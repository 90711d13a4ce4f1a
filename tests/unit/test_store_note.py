"""Signed notes, checkpoints and tree hashes agree with the formats' reference implementations."""

from __future__ import annotations

import pytest

from firsthand.store.merkle import EMPTY_ROOT, leaf_hash, root_of
from firsthand.store.note import Checkpoint, NoteRefused, PrivateKey, PublicKey, open_note

# Known answer of golang.org/x/mod/sumdb/note, the reference implementation of signed notes.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    GO_TEXT + "\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# Known answer of the C2SP signed-note specification.
SPEC_PUBLIC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# Known answers for the tree hash of RFC 6962, as github.com/transparency-dev/merkle tests with.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_tree_hash_is_that_of_rfc_6962(size: int) -> None:
    """Every tree size of the reference vectors, the empty tree included."""
    assert root_of(leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]).hex() == ROOTS[size]
    assert EMPTY_ROOT.hex() == ROOTS[0]


def test_signing_gives_the_reference_note() -> None:
    """Same key, same text: byte for byte what Go's implementation writes."""
    key = PrivateKey.parse(GO_PRIVATE)
    assert key.public.text() == GO_PUBLIC
    assert key.text() == GO_PRIVATE
    assert key.sign(GO_TEXT) == GO_NOTE


@pytest.mark.parametrize(("public", "note"), [(GO_PUBLIC, GO_NOTE), (SPEC_PUBLIC, SPEC_NOTE)])
def test_reference_notes_open(public: str, note: str) -> None:
    """Notes that others signed are accepted."""
    assert open_note(note.encode(), PublicKey.parse(public)) == note[: note.index("\n\n") + 1]


def test_no_byte_of_a_note_can_change() -> None:
    """Every single-byte change to a signed note is noticed."""
    key, note = PublicKey.parse(GO_PUBLIC), GO_NOTE.encode()
    for place in range(len(note)):
        for flip in (0x01, 0x20, 0x80):
            changed = bytearray(note)
            changed[place] ^= flip
            with pytest.raises(NoteRefused):
                open_note(bytes(changed), key)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        GO_TEXT.encode(),
        (GO_NOTE + GO_NOTE.splitlines(keepends=True)[-1]).encode(),  # a second signature would go unchecked
        GO_NOTE.replace("PeterNeumann", "PeterNewmann").encode(),
        SPEC_NOTE.encode(),
        b"\xff\xfe\n\n",
    ],
)
def test_what_is_no_note_of_this_key_is_refused(note: bytes) -> None:
    """Unsigned, doubly signed, signed by another, not text."""
    with pytest.raises(NoteRefused):
        open_note(note, PublicKey.parse(GO_PUBLIC))


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+AAAA", GO_PUBLIC.replace("c74f20a3", "c74f20a4"), GO_PUBLIC + "=", "a b" + GO_PUBLIC],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    """Also a key whose hint belongs to another."""
    with pytest.raises(NoteRefused):
        PublicKey.parse(text)
    with pytest.raises(NoteRefused):
        PrivateKey.parse("PRIVATE+KEY+" + text)


def test_a_checkpoint_reads_back() -> None:
    """Written and read, it is the same."""
    checkpoint = Checkpoint(origin="case", size=8, root=bytes.fromhex(ROOTS[8]))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "body", ["", "case\n8\n", "case\n08\nAAAA\n", "case\n-1\nAAAA\n", "case\n8\nAAAA\n", "case\n8\n*\n"]
)
def test_what_is_no_checkpoint_is_refused(body: str) -> None:
    """Sizes have one form and roots have 32 bytes."""
    with pytest.raises(NoteRefused):
        Checkpoint.parse(body)
