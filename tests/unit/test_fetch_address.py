"""An address is read in one way only, and only computers on the public internet are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.fetch import FetchRefused, is_public, parse_address, parse_place


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://post.example", "http://post.example/"),
        ("HTTP://Post.Example:80/A?b=C#part", "http://post.example/A?b=C"),
        ("https://post.example:8443/", "https://post.example:8443/"),
        ("https://post.example?q=1", "https://post.example/?q=1"),
        ("https://post.example./a", "https://post.example/a"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("http://[2A00:1450:0::1]:80/", "http://[2a00:1450::1]/"),
        ("http://post.example/a b|c%20d", "http://post.example/a%20b%7Cc%20d"),
    ],
)
def test_one_address_has_one_writing(written: str, read: str) -> None:
    assert parse_address(written).text == read
    assert parse_address(read).text == read


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("file:///etc/passwd", "other-scheme"),
        ("ftp://post.example/a", "other-scheme"),
        ("gopher://post.example/", "other-scheme"),
        ("javascript:alert(1)", "other-scheme"),
        ("data:text/html,hello", "other-scheme"),
        ("post.example/a", "other-scheme"),
        ("", "other-scheme"),
        ("http://user@post.example/", "login-in-address"),
        ("http://post.example:80@127.0.0.1/", "login-in-address"),
        ("http://post.example%40127.0.0.1/", "odd-address"),
        ("http://2130706433/", "odd-address"),
        ("http://0177.0.0.1/", "odd-address"),
        ("http://0x7f.0.0.1/", "odd-address"),
        ("http://0x7f000001/", "odd-address"),
        ("http://127.1/", "odd-address"),
        ("http://127.0.0.1.2/", "odd-address"),
        ("http://1.2.3.4.example.1/", "odd-address"),
        ("http://300.0.0.1/", "odd-address"),
        ("http://１２７.1/", "odd-address"),
        ("http://[::1", "odd-address"),
        ("http://[fe80::1%25eth0]/", "odd-address"),
        ("http://[v1.a]/", "odd-address"),
        ("http://post.example:0/", "odd-address"),
        ("http://post.example:65536/", "odd-address"),
        ("http://post.example:80:80/", "odd-address"),
        ("http://post.example:8o/", "odd-address"),
        ("http:post.example/a", "odd-address"),
        ("http:///a", "odd-address"),
        ("http://..example/", "odd-address"),
        ("http://-/", "odd-address"),
        (f"http://{'a' * 64}.example/", "odd-address"),
        ("http://post.example\\@127.0.0.1/", "login-in-address"),
        ("http://post.example\\.evil.example/", "odd-address"),
        ("http://post.example/a\r\nHost: other.example", "odd-address"),
        ("http://post.example/\ta", "odd-address"),
        ("http://post example/", "odd-address"),
        (f"http://post.example/{'a' * 2_000}", "odd-address"),
    ],
)
def test_what_programs_read_differently_is_refused(written: str, code: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        parse_address(written)
    assert refused.value.code == code


def test_full_width_digits_are_judged_as_the_digits_they_stand_for() -> None:
    assert parse_address("http://１２７.0.0.1/").host == "127.0.0.1"


def test_a_redirect_to_a_relative_address_stays_on_its_host() -> None:
    here = parse_address("https://post.example:8443/news/a?b")
    assert here.joined("../c").text == "https://post.example:8443/c"
    assert here.joined("?d").text == "https://post.example:8443/news/a?d"
    assert here.joined("//other.example/e").text == "https://other.example/e"


def test_a_permitted_place_has_host_and_port() -> None:
    assert parse_place("Localhost:8000") == ("localhost", 8000)
    assert parse_place("[::1]:80") == ("::1", 80)
    with pytest.raises(FetchRefused):
        parse_place("localhost")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    refused = set[str]()
    for written in (text, f"http://{text}", f"http://post.example/{text}", f"http://[{text}]:80"):
        try:
            found = parse_address(written)
        except FetchRefused as why:
            refused.add(why.code)
        else:
            assert found.text.isascii()
            assert found.text.isprintable()
            assert " " not in found.text
            assert parse_address(found.text) == found
    assert refused <= {"odd-address", "other-scheme", "login-in-address"}


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.9",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2a00:1450::1%eth0",
        "fec0::1",
        "ff02::1",
        "not an address",
    ],
)
def test_no_way_into_a_private_network_passes_for_public(ip: str) -> None:
    """Loopback, private, link-local, carrier, multicast, mapped, NAT64, 6to4, Teredo, site-local and reserved."""
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "192.0.1.1", "2606:4700::1111", "2a00:1450:4001::68"])
def test_public_addresses_are_public(ip: str) -> None:
    assert is_public(ip)
