"""The local server: the site's files, whole or in part, and nothing else of the machine."""

from __future__ import annotations

import gzip
import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bilderatlas.errors import SiteError
from bilderatlas.server import running

PAGE = b"<!doctype html><title>map</title>"
NUMBERS = bytes(range(256)) * 40


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_bytes(b"not for visitors")
    folder = tmp_path / "site"
    (folder / "blur").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "poster.webp").write_bytes(NUMBERS)
    (folder / "blur" / "0.bin.gz").write_bytes(gzip.compress(NUMBERS, mtime=0))
    (folder / "Schöne Häuser.js").write_bytes(b"1")
    (folder / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def visit(site: Path) -> Iterator[http.client.HTTPConnection]:
    with running(site) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
        yield connection
        connection.close()


def ask(
    visit: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    visit.request(method, path, headers=fields)
    answer = visit.getresponse()
    return answer.status, answer.headers, answer.read()


def test_the_address_opens_the_page(visit: http.client.HTTPConnection) -> None:
    status, headers, body = ask(visit, "/?at=1,2")
    assert (status, body) == (200, PAGE)
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/poster.webp", "image/webp"),
        ("/Sch%C3%B6ne%20H%C3%A4user.js", "text/javascript; charset=utf-8"),
        ("/blur/0.bin.gz", "application/octet-stream"),
    ],
)
def test_each_file_says_what_it_is(visit: http.client.HTTPConnection, path: str, kind: str) -> None:
    status, headers, _ = ask(visit, path)
    assert status == 200
    assert headers["Content-Type"] == kind


def test_a_gzip_column_arrives_as_it_lies_on_the_disk(
    visit: http.client.HTTPConnection, site: Path
) -> None:
    _, headers, body = ask(visit, "/blur/0.bin.gz", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers
    assert body == (site / "blur" / "0.bin.gz").read_bytes()


@pytest.mark.parametrize(
    ("asked", "first", "stop"),
    [("bytes=0-99", 0, 100), ("bytes=10000-", 10000, 10240), ("bytes=-6", 10234, 10240)],
)
def test_a_part_of_a_file_can_be_asked_for(
    visit: http.client.HTTPConnection, asked: str, first: int, stop: int
) -> None:
    status, headers, body = ask(visit, "/poster.webp", Range=asked)
    assert status == 206
    assert headers["Content-Range"] == f"bytes {first}-{stop - 1}/10240"
    assert body == NUMBERS[first:stop]


def test_a_part_beyond_the_end_is_refused(visit: http.client.HTTPConnection) -> None:
    status, headers, body = ask(visit, "/poster.webp", Range="bytes=10240-")
    assert (status, headers["Content-Range"], body) == (416, "bytes */10240", b"")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-"])
def test_a_range_that_means_nothing_gets_the_whole_file(
    visit: http.client.HTTPConnection, asked: str
) -> None:
    status, _, body = ask(visit, "/poster.webp", Range=asked)
    assert (status, body) == (200, NUMBERS)


def test_many_requests_share_one_connection(visit: http.client.HTTPConnection) -> None:
    sockets = set()
    for path in ("/", "/poster.webp", "/missing.bin", "/blur/0.bin.gz"):
        ask(visit, path)
        sockets.add(visit.sock)
    assert len(sockets) == 1
    assert None not in sockets


def test_a_file_the_browser_has_is_not_sent_again(
    visit: http.client.HTTPConnection, site: Path
) -> None:
    _, headers, _ = ask(visit, "/")
    status, _, body = ask(visit, "/", If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")
    (site / "index.html").write_bytes(PAGE + b"new")
    status, _, body = ask(visit, "/", If_None_Match=headers["ETag"])
    assert (status, body) == (200, PAGE + b"new")


def test_head_tells_the_length_without_the_file(visit: http.client.HTTPConnection) -> None:
    status, headers, body = ask(visit, "/poster.webp", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "10240", b"")


@pytest.mark.parametrize(
    "path",
    [
        "/missing.webp",
        "/blur",
        "/blur/",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/blur/%2e%2e/%2e%2e/secret.txt",
        "/way-out.txt",
        "//etc/passwd",
        "/%2Fetc/passwd",
        "//[",
        "/a%00b",
        "/" + "x" * 5000,
    ],
)
def test_nothing_but_files_of_the_site_is_shown(
    visit: http.client.HTTPConnection, path: str
) -> None:
    status, _, body = ask(visit, path)
    assert status == 404
    assert b"not for visitors" not in body
    assert b"0.bin.gz" not in body


def test_a_taken_port_gives_way_to_the_next(site: Path) -> None:
    with running(site) as first:
        taken = urlsplit(first).port
        assert taken is not None
        with running(site, port=taken) as second:
            found = urlsplit(second).port
            assert found is not None
            assert taken < found < taken + 100


def test_the_server_is_gone_when_its_context_ends(site: Path) -> None:
    with running(site) as address:
        port = urlsplit(address).port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), timeout=1)


def test_a_visitor_who_leaves_early_is_no_error(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / "large.bin").write_bytes(bytes(30_000_000))
    with running(site) as address:
        host, port = urlsplit(address).hostname, urlsplit(address).port
        with socket.create_connection((host or "", port or 0)) as leaver:
            leaver.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
            leaver.recv(1000)
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
        assert ask(connection, "/")[0] == 200
        connection.close()
    assert capfd.readouterr().err == ""


def test_a_folder_without_a_site_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(SiteError, match=r"empty holds no site; make one with `bilderatlas build`"),
        running(tmp_path / "empty"),
    ):
        pass


def test_an_address_of_another_machine_is_refused_with_the_flag(site: Path) -> None:
    with pytest.raises(SiteError, match="--host"), running(site, host="192.0.2.1"):
        pass
