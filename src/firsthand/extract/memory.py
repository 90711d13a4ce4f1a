"""Voices as a document resolves them, and which of them spoke last."""

from __future__ import annotations

from dataclasses import dataclass

from firsthand.extract.nouns import head_noun
from firsthand.records import Speaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """A resolved voice; `own` marks the document itself, which is left out of speakers."""

    speaker: Speaker | None
    own: bool = False
    first_hand: bool = False


@dataclass
class Memory:
    """The voices met so far, newest last, for pronouns."""

    person: Speaker | None = None
    body: Speaker | None = None
    group: Speaker | None = None
    last: Speaker | None = None

    def note(self, speaker: Speaker) -> None:
        """Remember a voice as the newest of its sort."""
        self.last = speaker
        plural = speaker.sort == "group" or head_noun(speaker.name).endswith("s")
        if speaker.sort == "person" or (speaker.sort == "witness" and not plural):
            self.person = speaker
        elif speaker.sort in {"group", "witness"}:
            self.group = speaker
        else:
            self.body = speaker

    def lead(self, speaker: Speaker) -> None:
        """Remember the body that passes others on: an "it" that follows means it, not the work it cites."""
        if speaker.sort in {"organisation", "outlet"}:
            self.body = speaker
