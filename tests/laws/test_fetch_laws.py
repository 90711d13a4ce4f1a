"""Laws of fetching: whatever bytes a server sends, there is a page that can be kept and read back, or one refusal."""

from __future__ import annotations

import socket
import ssl
import threading

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.fetch import Fetched, Fetcher, Policy, Web, parse_address, warc_of
from firsthand.read.packed import Budget
from firsthand.read.warc_records import WarcRecord, warc_records
from firsthand.records import Refusal

_TLS = ssl.create_default_context()
_HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\n",
        b"HTTP/1.0 200\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: ",
        b"HTTP/1.1 304 Not Modified\r\n",
        b"HTTP/1.1 999 Odd\r\n",
        b"HTTP/2 200\r\n",
        b"WARC/1.1\r\n",
    ]
)
_FIELDS = st.sampled_from(
    [
        b"Content-Length: 5\r\n",
        b"Content-Length: 0\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Connection: keep-alive, upgrade\r\n",
        b"Retry-After: 1\r\n",
        b" folded\r\n",
        b"Location: //\xe9/%\r\n",
        b": nameless\r\n",
        b"X: \x00\r\n",
        b"\r\n",
        b"\n\n",
        b"5\r\nshort\r\n0\r\n\r\n",
        b"ffffffffffffffffffff\r\n",
        b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\n",
    ]
)
_SENT = st.lists(st.one_of(_HEADS, _FIELDS, st.binary(max_size=30)), max_size=8).map(b"".join)


def _served(sent: bytes) -> Fetched | Refusal:
    """What fetching makes of a server that sends these bytes, whatever it is asked, and closes."""

    def connect(ip: str, port: int, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        threading.Thread(target=serve, args=(theirs,), daemon=True).start()
        return ours

    def serve(line: socket.socket) -> None:
        with line:
            asked = line.recv(65_536)
            line.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n" if b" /robots.txt " in asked else sent)

    web = Web(
        resolve=lambda host, port: ("93.184.215.14",),
        connect=connect,
        tls=_TLS,
        now=lambda: "2031-02-03T04:05:06Z",
        ticks=lambda: 0.0,
        wait=lambda seconds: None,
    )
    return Fetcher(web=web, policy=Policy(pause_s=0, redirects=2)).fetch(parse_address("http://post.example/a"), {})


@settings(max_examples=300)
@given(_SENT)
def test_any_answer_is_a_page_or_a_refusal(sent: bytes) -> None:
    found = _served(sent)
    if isinstance(found, Refusal):
        assert found.path == "http://post.example/a"
        assert found.code
        assert found.remedy
        return
    content = warc_of(found, software="firsthand 0", agent="test", unchanged=None)
    records = list(warc_records(content, Budget()))
    responses = [r.block for r in records if isinstance(r, WarcRecord) and r.fields["warc-type"] == "response"]
    assert responses == [each.response for each in found.exchanges]
    assert len(records) == 1 + 3 * len(found.exchanges)
    assert all(response in sent for response in responses if response is not None)
    assert _served(sent) == found
