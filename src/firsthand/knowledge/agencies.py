"""News agencies and international broadcasters, with who owns them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from firsthand.knowledge.countries import listed, rows

Owner: TypeAlias = Literal["state", "public", "cooperative", "private", "party"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """One row of `agencies.psv`."""

    name: str
    abbreviation: str | None
    others: tuple[str, ...]
    country: str
    """ISO 3166-1 alpha-2."""
    owner: Owner
    owned_by: str
    since: int
    """Year of founding under any name."""
    source: str

    @property
    def state_voice(self) -> bool:
        """Whether it speaks for a government or ruling party, so that outlets of that owner count as one voice."""
        return self.owner in {"state", "party"}


@cache
def agencies() -> tuple[Agency, ...]:
    """Every row, in the file's order."""
    return tuple(
        Agency(
            name=name,
            abbreviation=abbreviation or None,
            others=listed(others),
            country=country,
            owner=cast(Owner, owner),
            owned_by=owned_by,
            since=int(since),
            source=source,
        )
        for name, abbreviation, others, country, owner, owned_by, since, source in rows("agencies.psv")
    )
