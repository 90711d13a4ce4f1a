"""Fetches an address politely: robots asked, hosts left in peace, redirects followed one by one, each checked anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from firsthand.fetch.address import WebAddress
from firsthand.fetch.exchange import Exchange, exchange
from firsthand.fetch.network import Web
from firsthand.fetch.pace import Pace, retry_after_s
from firsthand.fetch.policy import Policy
from firsthand.fetch.refused import FetchRefused
from firsthand.fetch.robots import MAX_ROBOTS_ANSWER_BYTES, Rules, robots_unreachable
from firsthand.records import Refusal

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGE = frozenset({200, 203})
_UNCHANGED = 304
_WAIT = frozenset({429, 503})
_WAIT_UNSTATED_S = 60.0
"""Servers that ask for patience without a number mean about a minute."""
_ROBOTS_REDIRECTS = 5
"""RFC 9309, 2.3.1.2."""
_ROBOTS_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An earlier capture of a page, to ask whether it has changed."""

    address: str
    at: str
    """When it was captured, UTC, ISO 8601."""
    record: str
    """Identifier of its WARC record."""
    digest: str = ""
    """Its payload digest, as its WARC record writes it."""
    etag: str = ""
    last_modified: str = ""

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """The fields that ask for the page only if it has changed."""
        both = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in both if value.isprintable() and value.isascii() and value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What asking for an address came to, request by request."""

    asked: WebAddress
    exchanges: tuple[Exchange, ...]
    """At least one; all but the last were redirects."""
    refusal: Refusal | None = None
    """Set when the last answer is whole but no page."""

    @property
    def last(self) -> Exchange:
        """The answer that counts."""
        return self.exchanges[-1]

    @property
    def is_unchanged(self) -> bool:
        """The server says that the page is as it was."""
        return self.last.status == _UNCHANGED


@dataclass(kw_only=True, slots=True)
class Fetcher:
    """Fetches addresses one after another, and remembers what each host asked for."""

    web: Web
    policy: Policy
    given: frozenset[tuple[str, int]] = frozenset()
    """Hosts and ports that the user wrote."""
    _rules: dict[str, Rules | FetchRefused] = field(default_factory=dict)
    _pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self._pace = Pace(web=self.web, longest_wait_s=self.policy.longest_wait_s)

    def fetch(self, asked: WebAddress, known: Mapping[str, Known]) -> Fetched | Refusal:
        """The page at an address, with every redirect on the way; or why there is none.

        `known` are earlier captures by address; of those the server is asked only for what has changed.
        """
        exchanges: list[Exchange] = []
        at, left_s = asked, self.policy.seconds
        try:
            while True:
                robots = self._ask_robots(at)
                condition = known[at.text].conditions if at.text in known else ()
                found = self._ask(at, condition, replace(self.policy, seconds=left_s))
                exchanges.append(replace(found, robots=robots))
                left_s -= found.took_s
                onward = _onward(found)
                if onward is None:
                    return _concluded(asked, exchanges, is_known=bool(condition))
                _check_way(exchanges, onward, self.policy.redirects)
                at = onward
        except FetchRefused as why:
            return why.at(asked.text, at.text)

    def _ask(self, address: WebAddress, condition: tuple[tuple[str, str], ...], policy: Policy) -> Exchange:
        """One request, at the host's pace; again when the server asks to wait and the wait is short."""
        for _ in range(policy.tries):
            self._pace.take_turn(address.host)
            try:
                found = exchange(address, condition, web=self.web, policy=policy, given=self.given)
            finally:
                self._pace.rest(address.host, max(policy.pause_s, self._delay_s(address)))
            wait_s = _asked_to_wait_s(found, self.web.now())
            if wait_s is None:
                return found
            self._pace.rest(address.host, wait_s)
        raise FetchRefused(
            "asked-to-wait",
            f"Its server asked to wait, {policy.tries} times in a row.",
            "Give the address again later.",
        )

    def _delay_s(self, address: WebAddress) -> float:
        rules = self._rules.get(address.origin)
        return rules.delay_s if isinstance(rules, Rules) else 0.0

    def _ask_robots(self, address: WebAddress) -> str:
        """Checks the site's rules, fetched once; what allowed the address. Raises `FetchRefused`."""
        if address.origin not in self._rules:
            try:
                self._rules[address.origin] = self._fetched_rules(address.joined("/robots.txt"))
            except FetchRefused as why:
                self._rules[address.origin] = why
        rules = self._rules[address.origin]
        if isinstance(rules, FetchRefused):
            raise rules
        return rules.check(address)

    def _fetched_rules(self, where: WebAddress) -> Rules:
        seconds = min(_ROBOTS_SECONDS, self.policy.seconds)
        size_bytes = min(MAX_ROBOTS_ANSWER_BYTES, self.policy.size_limit_bytes)
        policy = replace(self.policy, seconds=seconds, size_limit_bytes=size_bytes)
        at, seen = where, [where.text]
        while True:
            try:
                found = exchange(at, (), web=self.web, policy=policy, given=self.given)
            except FetchRefused as why:
                if why.code in _ABOUT_THE_HOST and at == where:
                    raise
                raise robots_unreachable(where.text, why.reason) from why
            onward = _onward(found)
            if onward is None or len(seen) > _ROBOTS_REDIRECTS:
                status = found.status if onward is None else 404  # RFC 9309: no file behind so many redirects
                return Rules.of(where.text, status, found.body)
            seen.append(onward.text)
            at = onward


_ABOUT_THE_HOST = frozenset({"private-address", "other-port", "no-such-host", "not-reached", "tls"})
"""Refusals that are as true of the page as of the site's robots.txt."""


def _asked_to_wait_s(found: Exchange, now: str) -> float | None:
    """Seconds that the server asks to wait before it is asked again; None when it does not."""
    if found.status not in _WAIT:
        return None
    stated = retry_after_s(found.fields.get("retry-after", ""), now)
    return _WAIT_UNSTATED_S if stated is None and found.status == 429 else stated


def _onward(found: Exchange) -> WebAddress | None:
    """Where a redirect leads; None for other answers. Raises `FetchRefused` when it leads to no web address."""
    if found.status not in _REDIRECTS or "location" not in found.fields:
        return None
    try:
        reference = found.fields["location"].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        reference = found.fields["location"]
    try:
        return found.address.joined(reference)
    except FetchRefused as why:
        raise FetchRefused(why.code, f"It redirects to {reference[:200]!r}. {why.reason}", why.remedy) from why


def _check_way(exchanges: list[Exchange], onward: WebAddress, limit: int) -> None:
    if any(each.address == onward for each in exchanges):
        raise FetchRefused(
            "redirect-loop",
            f"Its redirects lead round in a circle, back to {onward.text}.",
            "Such pages often ask for a cookie: save the page with a browser and add the file.",
        )
    if len(exchanges) > limit:
        raise FetchRefused(
            "too-many-redirects", f"It redirects more than {limit} times.", "Give the address that it ends at."
        )


def _concluded(asked: WebAddress, exchanges: list[Exchange], *, is_known: bool) -> Fetched:
    last = exchanges[-1]
    whole = Fetched(asked=asked, exchanges=tuple(exchanges))
    if last.status in _PAGE or (last.status == _UNCHANGED and is_known):
        return whole
    why = FetchRefused(
        "http-status",
        f"The server answered {last.status} instead of the page.",
        "Check the address in a browser; a copy from a web archive can be added as a file.",
    )
    return replace(whole, refusal=why.at(asked.text, last.address.text))
