"""Signed notes and log checkpoints as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).

Any tool that reads these formats can check ours. Signatures are Ed25519, and only libsodium's strict rule is accepted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]+")
_SIGNATURE_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/]+={0,2})\n")


class NoteRefused(ValueError):  # noqa: N818  says what is wrong
    """The text is no note of that form, or its signature does not hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicKey:
    """A named Ed25519 key that notes are checked with."""

    name: str
    key: bytes
    """32 bytes."""

    @property
    def hint(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def text(self) -> str:
        """The key as C2SP writes it: `name+hint+key`."""
        return f"{self.name}+{self.hint.hex()}+{_base64(_ED25519 + self.key)}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """The key that `text` writes; raises `NoteRefused`, also when name and hint disagree."""
        name, _, rest = text.partition("+")
        _, _, encoded = rest.partition("+")
        key = cls(name=name, key=_key_bytes(encoded))
        if not _NAME.fullmatch(name) or key.text() != text:
            raise NoteRefused("this is not a key in the form name+hint+key")
        return key


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateKey:
    """A named Ed25519 key that notes are signed with."""

    name: str
    seed: bytes
    """32 bytes."""

    @property
    def public(self) -> PublicKey:
        """The key to check its signatures with."""
        return PublicKey(name=self.name, key=bytes(SigningKey(self.seed).verify_key))

    def text(self) -> str:
        """The key as Go's `note` package writes it."""
        return f"PRIVATE+KEY+{self.name}+{self.public.hint.hex()}+{_base64(_ED25519 + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> PrivateKey:
        """The key that `text` writes; raises `NoteRefused`."""
        parts = text.split("+", 4)
        if len(parts) != 5:
            raise NoteRefused("this is not a private key in the form PRIVATE+KEY+name+hint+key")
        key = cls(name=parts[2], seed=_key_bytes(parts[4]))
        if not _NAME.fullmatch(key.name) or key.text() != text:
            raise NoteRefused("this is not a private key in the form PRIVATE+KEY+name+hint+key")
        return key

    def sign(self, body: str) -> str:
        """The note: `body`, which ends in a newline, a blank line, and one signature line."""
        signature = SigningKey(self.seed).sign(body.encode()).signature
        return f"{body}\n— {self.name} {_base64(self.public.hint + signature)}\n"


def open_note(note: bytes, key: PublicKey) -> str:
    """The body of a note that `key` signed; raises `NoteRefused`.

    Exactly one signature is accepted, so that no byte of the file goes unchecked.
    """
    try:
        body, _, signatures = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as fault:
        raise NoteRefused("it is not text") from fault
    line = _SIGNATURE_LINE.fullmatch(signatures)
    if line is None or line["name"] != key.name:
        raise NoteRefused("it does not end in one signature by this case's key")
    blob = _from_base64(line["blob"])
    if blob[:4] != key.hint or len(blob) != 68:
        raise NoteRefused("it is signed by another key")
    body += "\n"
    try:
        VerifyKey(key.key).verify(body.encode(), blob[4:])
    except BadSignatureError as fault:
        raise NoteRefused("its signature does not fit its text") from fault
    return body


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """What a log vouches for: so many entries, with this root hash."""

    origin: str
    """Name of the log, the same for all its life."""
    size: int
    root: bytes
    """RFC 6962 root hash, 32 bytes."""

    def text(self) -> str:
        """The body of its note."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, body: str) -> Checkpoint:
        """The checkpoint that a note's body states; raises `NoteRefused`."""
        lines = body.split("\n")
        if len(lines) != 4 or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
            raise NoteRefused("it is not a checkpoint of three lines")
        checkpoint = cls(origin=lines[0], size=int(lines[1]), root=_from_base64(lines[2]))
        if checkpoint.text() != body or len(checkpoint.root) != 32:
            raise NoteRefused("it is not a checkpoint with a root of 32 bytes")
        return checkpoint


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _from_base64(text: str) -> bytes:
    """Strict: one text for one value, so no two files mean the same."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NoteRefused("it holds something that is no base64") from fault
    if _base64(content) != text:
        raise NoteRefused("its base64 is not in the one form that is allowed")
    return content


def _key_bytes(encoded: str) -> bytes:
    content = _from_base64(encoded)
    if len(content) != 33 or content[:1] != _ED25519:
        raise NoteRefused("this is not an Ed25519 key")
    return content[1:]
