"""Fetching is polite: it says who it is, does what robots.txt asks, leaves hosts in peace, and asks only for news."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from web_cases import QUICK, Server, Town, answer, onward, page

from firsthand.fetch import Fetched, FetchRefused, Known, checked_contact, network, parse_address, real_web
from firsthand.fetch.network import resolve
from firsthand.records import Refusal

HERE = "http://post.example/story"


@pytest.fixture
def town() -> Iterator[Town]:
    found = Town()
    found.server.says("/story", page("Forty cameras."))
    yield found
    found.server.close()


def test_it_says_who_asks_and_how_to_reach_them(town: Town) -> None:
    town.fetched(HERE, replace(QUICK, contact="desk@example.org"))
    robots, story = town.server.asked
    for request in (robots, story):
        assert "\r\nuser-agent: firsthand/0.1.0 (desk@example.org)\r\n" in request.lower()
        assert "\r\nhost: post.example\r\n" in request.lower()
        assert "cookie" not in request.lower()
        assert "referer" not in request.lower()


@pytest.mark.parametrize("contact", ["a\r\nX: y", "a) evil (", "é@example.org", "a" * 201])
def test_a_contact_that_would_break_the_request_is_refused(contact: str) -> None:
    with pytest.raises(FetchRefused):
        checked_contact(contact)


# --- robots.txt ------------------------------------------------------------------------------------------------------


def robots(*lines: str, status: str = "200 OK") -> bytes:
    return answer("\n".join(lines).encode(), status=status, kind="text/plain")


@pytest.mark.parametrize("name", ["*", "firsthand", "Firsthand"])
def test_what_robots_may_not_fetch_is_not_asked_for(town: Town, name: str) -> None:
    town.server.says("/robots.txt", robots(f"User-agent: {name}", "Disallow: /sto"))
    refusal = town.refused(HERE)
    assert refusal.code == "robots-forbids"
    assert "http://post.example/robots.txt" in refusal.reason
    assert town.server.paths == []


def test_rules_for_us_come_before_rules_for_all(town: Town) -> None:
    town.server.says("/robots.txt", robots("User-agent: *", "Disallow: /", "", "User-agent: firsthand", "Disallow:"))
    assert town.fetched(HERE).last.robots == "allowed by http://post.example/robots.txt (200)"


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_without_a_robots_file_everything_is_open(town: Town, status: str) -> None:
    town.server.says("/robots.txt", robots("User-agent: *", "Disallow: /", status=status))
    assert town.fetched(HERE).last.robots == f"allowed by http://post.example/robots.txt ({status[:3]})"


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"])
def test_a_robots_file_that_cannot_be_had_closes_everything(town: Town, status: str) -> None:
    town.server.says("/robots.txt", robots(status=status))
    assert town.refused(HERE).code == "robots-unreachable"
    assert town.server.paths == []


def test_a_robots_file_that_never_comes_closes_everything(town: Town) -> None:
    def never(line: socket.socket) -> None:
        with suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                line.sendall(b"# endless\n" * 1_000)

    town.server.says("/robots.txt", never)
    assert town.refused(HERE).code == "robots-unreachable"


def test_of_a_huge_robots_file_the_first_500_kib_count(town: Town) -> None:
    huge = b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * 60_000
    policy = replace(QUICK, size_limit_bytes=4 * 1024 * 1024)
    town.server.says("/robots.txt", answer(huge + b"Disallow: /story\n", kind="text/plain"))
    town.fetched(HERE, policy)
    assert town.refused("http://post.example/private", policy).code == "robots-forbids"


def test_a_robots_file_may_redirect_but_not_into_a_private_network(town: Town) -> None:
    town.server.says("/robots.txt", onward("http://www.post.example/rules"))
    town.server.says("/rules", robots("User-agent: *", "Disallow: /story"))
    assert town.refused(HERE).code == "robots-forbids"
    town.server.says("/robots.txt", onward("http://127.0.0.1/rules"))
    assert town.refused(HERE).code == "robots-unreachable"
    assert {ip for ip, _ in town.connected} == {"93.184.215.14"}


def test_a_robots_file_that_redirects_for_ever_is_no_robots_file(town: Town) -> None:
    town.server.says("/robots.txt", onward("/robots.txt"))
    town.fetched(HERE)
    assert len(town.server.asked) == 7


def test_rules_are_asked_for_once_a_site_and_at_every_site_on_the_way(town: Town) -> None:
    town.server.says("/story", onward("http://other.example/story"))
    fetcher = town.fetcher()
    for _ in range(2):
        assert isinstance(fetcher.fetch(parse_address(HERE), {}), Refusal | Fetched)
    hosts = [line for each in town.server.asked for line in each.splitlines() if line.lower().startswith("host")]
    assert len([each for each in town.server.asked if " /robots.txt " in each]) == 2
    assert {host.split(": ")[1] for host in hosts} == {"post.example", "other.example"}


def test_a_robots_file_that_is_no_text_forbids_nothing(town: Town) -> None:
    town.server.says("/robots.txt", answer(bytes(range(256)) * 100, kind="text/plain"))
    town.fetched(HERE)


# --- pace ------------------------------------------------------------------------------------------------------------


def test_a_host_is_left_in_peace_between_two_requests(town: Town) -> None:
    town.server.says("/other", page("Nine drones."))
    fetcher = town.fetcher(replace(QUICK, pause_s=5.0))
    for path in ("story", "other", "story"):
        fetcher.fetch(parse_address(f"http://post.example/{path}"), {})
    fetcher.fetch(parse_address("http://elsewhere.example/story"), {})
    assert town.waited == [5.0, 5.0]


def test_a_site_may_ask_for_a_slower_pace(town: Town) -> None:
    town.server.says("/robots.txt", robots("User-agent: *", "Crawl-delay: 30"))
    fetcher = town.fetcher()
    for _ in range(2):
        fetcher.fetch(parse_address(HERE), {})
    assert town.waited == [30.0]


def test_a_pace_that_would_take_too_long_is_a_refusal(town: Town) -> None:
    town.server.says("/robots.txt", robots("User-agent: *", "Crawl-delay: 86400"))
    fetcher = town.fetcher()
    fetcher.fetch(parse_address(HERE), {})
    refusal = fetcher.fetch(parse_address(HERE), {})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "asked-to-wait"
    assert town.waited == []


@pytest.mark.parametrize("after", ["7", "Mon, 03 Feb 2031 04:05:13 GMT"])
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_server_that_asks_to_wait_is_asked_again_then(town: Town, status: str, after: str) -> None:
    town.server.says("/story", answer(b"", f"Retry-After: {after}", status=status), page("Forty cameras."))
    assert town.fetched(HERE).last.status == 200
    assert town.waited == [7.0]


def test_a_long_wait_is_a_refusal_for_the_whole_host(town: Town) -> None:
    town.server.says("/story", answer(b"", "Retry-After: 3600", status="429 Too Many Requests"))
    town.server.says("/other", page("Nine drones."))
    fetcher = town.fetcher()
    for path in ("story", "other"):
        refusal = fetcher.fetch(parse_address(f"http://post.example/{path}"), {})
        assert isinstance(refusal, Refusal)
        assert refusal.code == "asked-to-wait"
    assert town.server.paths == ["/story"]
    assert town.waited == []


def test_patience_ends(town: Town) -> None:
    town.server.says("/story", answer(b"", "Retry-After: 1", status="503 Service Unavailable"))
    assert town.refused(HERE).code == "asked-to-wait"
    assert len(town.server.paths) == QUICK.tries


def test_too_many_requests_without_a_time_means_a_minute(town: Town) -> None:
    town.server.says("/story", answer(b"", status="429 Too Many Requests"), page("Forty cameras."))
    town.fetched(HERE)
    assert town.waited == [60.0]


# --- only news -------------------------------------------------------------------------------------------------------

KNOWN = Known(address=HERE, at="2031-01-01T00:00:00Z", record="<urn:uuid:1>", etag='"v1"', last_modified="yesterday")


def test_a_known_page_is_asked_for_only_if_it_has_changed(town: Town) -> None:
    town.server.says("/story", answer(b"", 'ETag: "v1"', status="304 Not Modified"))
    found = town.fetched(HERE, known={HERE: KNOWN})
    assert found.is_unchanged
    assert '\r\nif-none-match: "v1"\r\nif-modified-since: yesterday\r\n' in town.server.asked[-1].lower()


def test_the_condition_goes_to_the_address_it_is_about_and_to_no_other(town: Town) -> None:
    town.server.says("/old", onward("/story"))
    town.fetched("http://post.example/old", known={HERE: KNOWN})
    assert ["if-none-match" in each.lower() for each in town.server.asked] == [False, False, True]


@pytest.mark.parametrize("tag", ["", '"a\r\nX: y"', '"é"'])
def test_a_mark_that_cannot_be_sent_is_left_out(town: Town, tag: str) -> None:
    town.fetched(HERE, known={HERE: replace(KNOWN, etag=tag, last_modified="")})
    assert "if-none-match" not in town.server.asked[-1].lower()


# --- TLS -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for post.example, signed by itself, with its key."""
    file = tmp_path_factory.mktemp("tls") / "post.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=post.example"
    words = [
        *command.split(),
        "-addext",
        "subjectAltName=DNS:post.example",
        "-keyout",
        str(file),
        "-out",
        f"{file}.crt",
    ]
    try:
        subprocess.run(words, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not on this machine")
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Town, list[str | None]]]:
    """A server with that certificate, trusted here, and the names that clients asked it for."""
    context, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[str | None]()
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    trusting = ssl.create_default_context(cafile=f"{certificate}.crt")
    town = Town(server=Server(tls=context), tls=trusting)
    town.server.says("/story", page("Forty cameras."))
    yield town, names
    town.server.close()


def test_the_connection_goes_to_the_checked_address_and_the_certificate_is_for_the_name(
    secure: tuple[Town, list[str | None]],
) -> None:
    town, names = secure
    found = town.fetched("https://post.example/story")
    assert found.last.ip == "93.184.215.14"
    assert names == ["post.example"] * 2


def test_a_certificate_for_another_name_is_refused(secure: tuple[Town, list[str | None]]) -> None:
    town, _ = secure
    refusal = town.refused("https://other.example/story")
    assert refusal.code == "tls"
    assert "other.example" in refusal.reason
    assert town.server.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: tuple[Town, list[str | None]]) -> None:
    town, _ = secure
    town.tls = ssl.create_default_context()
    assert town.refused("https://post.example/story").code == "tls"


def test_a_server_that_speaks_no_tls_is_refused(town: Town) -> None:
    assert town.refused("https://post.example/story").code == "tls"


# --- the real network ------------------------------------------------------------------------------------------------


def test_no_proxy_of_the_environment_is_used(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web = real_web(town.now)
    with web.connect("127.0.0.1", town.server.port, 5) as line:
        assert line.getpeername() == ("127.0.0.1", town.server.port)
    town.fetched(HERE)


def test_a_name_is_resolved_by_the_system() -> None:
    assert set(resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(OSError, match="not known"):
        resolve("nowhere.example", 80, ask=_nobody_knows)


def test_a_name_whose_server_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_RESOLVE_S", 0.2)
    with pytest.raises(TimeoutError):
        resolve("slow.example", 80, ask=_never_says)


def _nobody_knows(*_: object, **__: object) -> list[tuple[object, ...]]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _never_says(*_: object, **__: object) -> list[tuple[object, ...]]:
    time.sleep(2)
    return []
