"""Whatever a server does, fetching ends: with the page, or with a refusal that says which address, why, and what to do."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from web_cases import PUBLIC, QUICK, Town, answer, onward, page

from firsthand.records import Refusal

HERE = "http://post.example/story"


@pytest.fixture
def town() -> Iterator[Town]:
    found = Town()
    yield found
    found.server.close()


def test_a_page_comes_as_it_was_sent(town: Town) -> None:
    town.server.says("/story", page("Forty cameras."))
    found = town.fetched(HERE)
    assert found.last.response == page("Forty cameras.")
    assert found.last.ip == PUBLIC
    assert found.last.status == 200
    assert b"".join([b"<!doctype", b"<!doctype".join(found.last.response.split(b"<!doctype")[1:])]) == found.last.body


def test_chunks_are_kept_as_sent_and_joined_for_reading(town: Town) -> None:
    sent = answer(b"4\r\nFort\r\n6\r\ny cams\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
    town.server.says("/story", sent)
    found = town.fetched(HERE)
    assert found.last.response == sent
    assert found.last.body == b"Forty cams"


def test_interim_answers_are_no_part_of_the_answer(town: Town) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    town.server.says("/story", hints * 2 + page("Forty cameras."))
    assert town.fetched(HERE).last.response == page("Forty cameras.")


def test_endless_interim_answers_are_refused(town: Town) -> None:
    def endless(line: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)

    town.server.says("/story", endless)
    assert town.refused(HERE).code == "broken-answer"


# --- redirects -------------------------------------------------------------------------------------------------------


def test_each_redirect_is_an_exchange_of_its_own(town: Town) -> None:
    town.server.says("/story", onward("/news/2031?id=4"))
    town.server.says("/news/2031?id=4", onward("https://www.post.example/final"))
    found = town.fetch(HERE)
    assert isinstance(found, Refusal)  # the server here speaks no TLS
    assert (found.code, found.reason[:45]) == ("tls", "It leads to https://www.post.example/final. N")
    town.server.says("/news/2031?id=4", onward("//www.post.example/final"))
    town.server.says("/final", page("Forty cameras."))
    whole = town.fetched(HERE)
    assert [each.address.text for each in whole.exchanges] == [
        HERE,
        "http://post.example/news/2031?id=4",
        "http://www.post.example/final",
    ]


def test_a_redirect_loop_ends(town: Town) -> None:
    town.server.says("/story", onward("/other"))
    town.server.says("/other", onward("/story"))
    assert town.refused(HERE).code == "redirect-loop"
    assert town.server.paths == ["/story", "/other"]


def test_a_chain_of_redirects_that_never_ends_is_cut(town: Town) -> None:
    for place in range(50):
        town.server.says(f"/{place}", onward(f"/{place + 1}"))
    assert town.refused("http://post.example/0").code == "too-many-redirects"
    assert len(town.server.paths) == QUICK.redirects + 1


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://127.0.0.1/admin", "private-address"),
        ("http://10.1.2.3/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[::ffff:127.0.0.1]/", "private-address"),
        ("http://[64:ff9b::7f00:1]/", "private-address"),
        ("http://2130706433/", "odd-address"),
        ("http://0x7f.1/", "odd-address"),
        ("http://intranet.example/", "private-address"),
        ("http://post.example:6379/", "other-port"),
        ("https://other.example:80/", "other-port"),
        ("http://post.example@127.0.0.1/", "login-in-address"),
        ("file:///etc/passwd", "other-scheme"),
        ("ftp://post.example/story", "other-scheme"),
        ("data:text/html,story", "other-scheme"),
        ("http://[broken", "odd-address"),
    ],
)
def test_no_redirect_leads_where_nobody_may_be_led(town: Town, to: str, code: str) -> None:
    town.names["intranet.example"] = [("192.168.7.7",)]
    town.server.says("/story", onward(to))
    refusal = town.refused(HERE)
    assert refusal.code == code
    assert "leads to" in refusal.reason or "redirects to" in refusal.reason
    assert {ip for ip, _ in town.connected} == {PUBLIC}
    assert town.server.paths == ["/story"]


# --- names that change -----------------------------------------------------------------------------------------------


def test_a_name_is_connected_to_where_it_was_checked(town: Town) -> None:
    """A name that is public when asked first and private when asked again: each answer is checked, and then used."""
    town.names["post.example"] = [(PUBLIC,), (PUBLIC,), ("127.0.0.1",)]
    town.server.says("/story", onward("/again"))
    town.server.says("/again", page("Forty cameras."))
    assert town.refused(HERE).code == "private-address"
    assert {ip for ip, _ in town.connected} == {PUBLIC}
    assert town.server.paths == ["/story"]


def test_a_name_is_resolved_once_for_each_connection(town: Town) -> None:
    town.names["post.example"] = [(PUBLIC,), (PUBLIC,), ("127.0.0.1",)]
    town.server.says("/story", page("Forty cameras."))
    town.fetched(HERE)
    assert len(town.names["post.example"]) == 1  # asked once for robots.txt, once for the page


def test_of_a_name_with_several_addresses_only_public_ones_are_asked(town: Town) -> None:
    town.names["post.example"] = [("127.0.0.1", "::1", PUBLIC, "10.0.0.1")]
    town.server.says("/story", page("Forty cameras."))
    town.fetched(HERE)
    assert set(town.connected) == {(PUBLIC, 80)}


def test_a_name_of_this_computer_is_refused_and_named(town: Town) -> None:
    town.names["localhost"] = [("127.0.0.1",)]
    refusal = town.refused("http://localhost/")
    assert refusal.code == "private-address"
    assert "127.0.0.1" in refusal.reason
    assert "--permit localhost:80" in refusal.remedy
    assert not town.connected


def test_a_permitted_server_is_that_host_and_port_and_no_other(town: Town) -> None:
    town.names["own.example"] = [("127.0.0.1",)]
    town.server.says("/story", page("Forty cameras."))
    permit = replace(QUICK, permitted=frozenset({("own.example", 8000)}))
    town.fetched("http://own.example:8000/story", permit)
    assert town.refused("http://own.example/story", permit).code == "private-address"
    assert town.refused("http://127.0.0.1:8000/story", permit).code == "private-address"


def test_a_name_that_nobody_has_is_refused(town: Town) -> None:
    town.names["nowhere.example"] = [()]
    assert town.refused("http://nowhere.example/").code == "no-such-host"


def test_the_next_address_is_asked_when_one_does_not_answer(town: Town) -> None:
    def connect(ip: str, port: int, seconds: float) -> socket.socket:
        if ip == "8.8.4.4":
            raise ConnectionRefusedError(111, "Connection refused")
        return real(ip, port, seconds)

    real = town.connect
    town.connect = connect  # type: ignore[method-assign]
    town.names["post.example"] = [("8.8.4.4", PUBLIC)]
    town.server.says("/story", page("Forty cameras."))
    assert town.fetched(HERE).last.ip == PUBLIC
    town.names["post.example"] = [("8.8.4.4",)]
    assert town.refused(HERE).code == "not-reached"


# --- bodies and heads ------------------------------------------------------------------------------------------------


def endless(line: socket.socket) -> None:
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            line.sendall(b"<p>more" * 1_000)


def endless_chunks(line: socket.socket) -> None:
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            line.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def endless_head(line: socket.socket) -> None:
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            line.sendall(b"X-More: " + b"y" * 1_000 + b"\r\n")


def endless_chunk_size(line: socket.socket) -> None:
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;")
        while True:
            line.sendall(b"z" * 1_000)


def drip(line: socket.socket) -> None:
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            line.sendall(b".")
            time.sleep(0.05)


def drip_head(line: socket.socket) -> None:
    with suppress(OSError):
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1_000:
            line.sendall(bytes([letter]))
            time.sleep(0.05)


def silence(line: socket.socket) -> None:
    time.sleep(30)


BROKEN = [
    ("endless body", endless, "too-large"),
    ("endless chunks", endless_chunks, "too-large"),
    ("endless head", endless_head, "head-too-large"),
    ("endless chunk size", endless_chunk_size, "broken-answer"),
    ("head of 100 KB", answer(b"", "X-Long: " + "a" * 100_000), "head-too-large"),
    ("ten thousand fields", answer(b"", *(f"X-{n}: a" for n in range(10_000))), "head-too-large"),
    ("slow drip", drip, "too-slow"),
    ("slow drip of the head", drip_head, "too-slow"),
    ("silence", silence, "too-slow"),
    ("nothing", b"", "cut-off"),
    ("half a head", b"HTTP/1.1 200 OK\r\nContent-", "cut-off"),
    ("length too long", answer(b"short", "Content-Length: 500"), "cut-off"),
    ("length of a terabyte", answer(b"short", "Content-Length: 1000000000000"), "too-large"),
    ("length of many digits", answer(b"short", "Content-Length: " + "9" * 5_000), "broken-answer"),
    ("length below nothing", answer(b"short", "Content-Length: -5"), "broken-answer"),
    ("two lengths", answer(b"short", "Content-Length: 5", "Content-Length: 4"), "broken-answer"),
    ("chunks cut off", answer(b"5\r\nshort\r\n", "Transfer-Encoding: chunked"), "cut-off"),
    ("chunk size that is none", answer(b"5x!\r\nshort\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), "broken-answer"),
    ("chunk longer than it says", answer(b"3\r\nshort\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), "broken-answer"),
    ("transfer encoding nobody knows", answer(b"short", "Transfer-Encoding: gzip, chunked"), "broken-answer"),
    ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "broken-answer"),
    ("a field that is none", answer(b"", "No field at all"), "broken-answer"),
    ("another protocol", answer(b"", status="101 Switching Protocols"), "broken-answer"),
    ("a redirect to nowhere", answer(b"", status="302 Found"), "http-status"),
    ("gone", answer(b"", status="410 Gone"), "http-status"),
    ("half a page", answer(b"half", "Content-Range: bytes 0-3/9", status="206 Partial Content"), "http-status"),
    ("unchanged, though nobody asked", answer(b"", status="304 Not Modified"), "http-status"),
    ("a failure", answer(b"", status="500 Internal Server Error"), "http-status"),
]


@pytest.mark.parametrize(("said", "code"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN])
def test_a_server_that_misbehaves_costs_one_refusal(town: Town, said: bytes, code: str) -> None:
    town.server.says("/story", said)
    town.server.says("/next", page("Forty cameras."))
    started = time.monotonic()
    refusal = town.refused(HERE, replace(QUICK, seconds=1.5, idle_s=0.7))
    assert refusal.code == code, refusal
    assert time.monotonic() - started < 4
    town.fetched("http://post.example/next")


def test_silence_ends_with_the_whole_time_if_that_comes_first(town: Town) -> None:
    town.server.says("/story", silence)
    started = time.monotonic()
    assert town.refused(HERE, replace(QUICK, seconds=0.5, idle_s=10.0)).code == "too-slow"
    assert time.monotonic() - started < 3


def test_slowness_is_counted_over_all_redirects(town: Town) -> None:
    def slow(to: str) -> object:
        def say(line: socket.socket) -> None:
            time.sleep(0.4)
            line.sendall(onward(to))

        return say

    for place in range(6):
        town.server.says(f"/{place}", slow(f"/{place + 1}"))  # type: ignore[arg-type]
    assert town.refused("http://post.example/0", replace(QUICK, seconds=1.0)).code == "too-slow"
    assert len(town.server.paths) <= 3


def test_the_size_limit_is_a_limit_and_no_more(town: Town) -> None:
    policy = replace(QUICK, size_limit_bytes=1_000)
    town.server.says("/story", answer(b"x" * 1_000))
    assert len(town.fetched(HERE, policy).last.body) == 1_000
    town.server.says("/story", answer(b"x" * 1_001))
    assert town.refused(HERE, policy).code == "too-large"


def test_what_a_server_sends_beyond_the_length_it_states_is_no_part_of_the_answer(town: Town) -> None:
    town.server.says("/story", answer(b"short and more", "Content-Length: 5"))
    found = town.fetched(HERE)
    assert found.last.body == b"short"
    assert found.last.response == answer(b"short", "Content-Length: 5")


def test_a_page_without_a_length_ends_where_the_connection_does(town: Town) -> None:
    sent = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Forty cameras.</p>"
    town.server.says("/story", sent)
    assert town.fetched(HERE).last.response == sent


def test_a_packed_page_is_kept_packed(town: Town) -> None:
    """Nothing is unpacked while fetching, so nothing can unpack too far."""
    bomb = gzip.compress(bytes(50_000_000))
    town.server.says("/story", answer(bomb, "Content-Encoding: gzip"))
    assert town.fetched(HERE).last.body == bomb
