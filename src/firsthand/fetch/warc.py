"""What a fetch came to as a WARC file (ISO 28500:2017, version 1.1), the form in which web archives keep evidence.

For each request three records: the response as it came, the request as it was sent, and notes on the fetch. A page that
had not changed gives a `revisit` record, which names the earlier capture. Records are not packed, so a quote's bytes
can be found in the file. The same exchanges give the same bytes.

The payload digest is over the body as it stands in the record, chunks included where a server sends chunks, as the
tools that check such files take it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence

from firsthand.fetch.exchange import Exchange
from firsthand.fetch.fetcher import Fetched, Known

_CRLF = b"\r\n"
_NAMES = uuid.UUID("6f8a2d0e-3b57-4c1f-9e64-5d0c8b7a1f23")
"""Name space of our record identifiers, drawn once by chance."""
_UNCHANGED_BY_SERVER = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_UNCHANGED_BY_DIGEST = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def warc_of(fetched: Fetched, *, software: str, agent: str, unchanged: Known | None = None) -> bytes:
    """The WARC file of a fetch by `software` that called itself `agent`.

    `unchanged` is the earlier capture that the last answer repeats: by its word (304) or in its bytes.
    """
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "http-header-user-agent": agent,
    }
    records = [_record("warcinfo", fetched.exchanges[0].at, _fields(info), {"Content-Type": _FIELDS})]
    last = len(fetched.exchanges) - 1
    for place in range(last + 1):
        records += _exchange_records(fetched.exchanges, place, unchanged if place == last else None)
    return b"".join(records)


_FIELDS = "application/warc-fields"


def _exchange_records(exchanges: Sequence[Exchange], place: int, unchanged: Known | None) -> Iterator[bytes]:
    found = exchanges[place]
    about = {"WARC-Target-URI": found.address.text, "WARC-IP-Address": found.ip}
    response_id = _record_id("response", found.at, found.address.text, found.response)
    yield _response(found, {**about, "WARC-Record-ID": response_id}, unchanged)
    together = {"WARC-Concurrent-To": response_id}
    yield _record(
        "request", found.at, found.request, {**about, **together, "Content-Type": "application/http; msgtype=request"}
    )
    notes = {"fetchTimeMs": f"{found.took_s * 1000:.0f}", "robots": found.robots}
    if place:
        notes |= {"via": exchanges[place - 1].address.text, "hopsFromSeed": "R" * place}
    target = {"WARC-Target-URI": found.address.text}
    yield _record("metadata", found.at, _fields(notes), {**target, **together, "Content-Type": _FIELDS})


def _response(found: Exchange, about: dict[str, str], unchanged: Known | None) -> bytes:
    payload = found.response[found.head_bytes :]
    kept = {**about, "Content-Type": "application/http; msgtype=response"}
    if unchanged is None:
        return _record("response", found.at, found.response, {**kept, "WARC-Payload-Digest": digest(payload)})
    by_server = not payload
    kept |= {
        "WARC-Profile": _UNCHANGED_BY_SERVER if by_server else _UNCHANGED_BY_DIGEST,
        "WARC-Refers-To": unchanged.record,
        "WARC-Refers-To-Target-URI": unchanged.address,
        "WARC-Refers-To-Date": unchanged.at,
    }
    if unchanged.digest:
        kept["WARC-Payload-Digest"] = unchanged.digest
    return _record("revisit", found.at, found.response[: found.head_bytes], kept)


def _record(kind: str, at: str, block: bytes, fields: dict[str, str]) -> bytes:
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": _record_id(kind, at, fields.get("WARC-Target-URI", ""), block),
        "WARC-Date": at,
        **fields,
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    lines = [b"WARC/1.1", *(f"{name}: {value}".encode() for name, value in named.items() if value)]
    return _CRLF.join(lines) + _CRLF * 2 + block + _CRLF * 2


def _fields(named: dict[str, str]) -> bytes:
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in named.items())


def _record_id(kind: str, at: str, address: str, block: bytes) -> str:
    """An identifier made from what the record holds, so nothing has to be drawn by chance."""
    content = "\n".join((kind, at, address, hashlib.sha256(block).hexdigest()))
    return f"<urn:uuid:{uuid.uuid5(_NAMES, content)}>"


def digest(content: bytes) -> str:
    """A digest as WARC fields write it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
