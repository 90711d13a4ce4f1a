"""Fetches what a user asks for by its address, and nothing else: politely, within limits, never from private networks.

Beside `firsthand.ask`, the one part that speaks to the network. What it fetches comes out as the exchanges themselves
and as a WARC file; what is done with that, the engine knows.
"""

from __future__ import annotations

from firsthand.fetch.address import WebAddress, is_web_address, parse_address, parse_place
from firsthand.fetch.exchange import Exchange
from firsthand.fetch.fetcher import Fetched, Fetcher, Known
from firsthand.fetch.network import Web, is_public, real_web
from firsthand.fetch.policy import Policy, checked_contact
from firsthand.fetch.refused import FetchRefused
from firsthand.fetch.warc import digest, warc_of

__all__ = [
    "Exchange",
    "FetchRefused",
    "Fetched",
    "Fetcher",
    "Known",
    "Policy",
    "Web",
    "WebAddress",
    "checked_contact",
    "digest",
    "is_public",
    "is_web_address",
    "parse_address",
    "parse_place",
    "real_web",
    "warc_of",
]
