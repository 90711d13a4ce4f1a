"""What a server sends is unpacked, and what a feed lists is read, in a process of its own with limits."""

from __future__ import annotations

import gzip
import os
import time

import native_stages
import pytest

from firsthand.engine.apart import Apart
from firsthand.engine.workers import Limits
from firsthand.records import Refusal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems can limit a process's memory")

HERE = "http://post.example/story"
PACKED = gzip.compress(b"<p>Forty cameras were installed on the harbour wall.</p>", mtime=0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def page_of(apart: Apart, response: bytes, body: bytes) -> bytes | Refusal:
    return apart.page_of(response, body, reached=HERE, path=HERE)


def test_a_page_is_unpacked_in_another_process() -> None:
    with Apart() as apart:
        response = HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED
        assert page_of(apart, response, PACKED) == gzip.decompress(PACKED)
        assert apart.process_id not in (None, os.getpid())


def test_a_page_that_is_not_packed_needs_no_process() -> None:
    with Apart() as apart:
        assert page_of(apart, HEAD + b"\r\n<p>Cameras</p>", b"<p>Cameras</p>") == b"<p>Cameras</p>"
        assert apart.process_id is None


@pytest.mark.parametrize(
    ("act", "code"), [("native-hang", "too-slow"), ("native-eat", "reader-crashed"), ("native-die", "reader-crashed")]
)
def test_an_unpacker_out_of_hand_costs_one_address(act: str, code: str) -> None:
    started_s = time.monotonic()
    with Apart(Limits(seconds=3, memory_bytes=768 * 1024 * 1024)) as apart:
        found = apart.ask(native_stages.act_on, act.encode(), HERE)
        assert isinstance(found, Refusal)
        assert (found.code, found.path) == (code, HERE)
        response = HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED
        assert page_of(apart, response, PACKED) == gzip.decompress(PACKED)
    assert time.monotonic() - started_s < 20


def test_a_feed_is_read_in_another_process() -> None:
    feed = b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>/one</link></item></channel></rss>"
    with Apart() as apart:
        assert apart.listed_in(feed, HERE) == ("/one",)
        refused = apart.listed_in(b"<p>no feed</p>", HERE)
        assert isinstance(refused, Refusal)
        assert refused.code == "not-a-feed"
        assert apart.process_id not in (None, os.getpid())
