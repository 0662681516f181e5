"""A local server for a site: static files, to this machine unless told otherwise."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, BinaryIO
from urllib.parse import unquote

from bilderatlas.errors import SiteError

__all__ = ["running"]

PORTS_TRIED = 100

# Fixed here, because the machine's own table differs from machine to machine.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
}


@contextmanager
def running(folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve a site in the background while the context lasts; enter with its address.

    Parameters
    ----------
    folder
        The site.
    host
        The address to listen on; ``0.0.0.0`` shows the site to the whole network.
    port
        The first port to try, then those above it; 0 takes any free one.

    Raises
    ------
    SiteError
        When the folder holds no site, or no address can be had.
    """
    if not (folder / "index.html").is_file():
        raise SiteError(f"{folder} holds no site; make one with `bilderatlas build`.")
    with _listening(folder.resolve(), host, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


class _SiteServer(ThreadingMixIn, TCPServer):
    """Listens for a site, a thread for each connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.folder = folder
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _SiteHandler)

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        host, port = self.server_address[:2]
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(str(host), str(host))
        return f"http://{name}:{port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of visitors who leave before a file has reached them."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with the files of the site."""

    server: _SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "bilderatlas"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:  # http.server looks for this name
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *values: object) -> None:
        """Keep quiet: a view of the map is dozens of requests."""

    def _answer(self) -> None:
        try:
            path = self._path()
            file = path.open("rb")
        except OSError:  # there is none, it has just gone, or its name is too long for the disk
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        with file:
            self._send(path, file)

    def _path(self) -> Path:
        """Return the file that is asked for; `FileNotFoundError` if the site has none."""
        asked = unquote(self.path.partition("?")[0]).replace("\0", "")
        path = (self.server.folder / asked.lstrip("/")).resolve()
        if path.is_dir():
            path /= "index.html"
        if not (path.is_relative_to(self.server.folder) and path.is_file()):
            raise FileNotFoundError(asked)
        return path

    def _refuse(self, status: HTTPStatus, **fields: str) -> None:
        """Say no, and keep the connection."""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, path: Path, file: BinaryIO) -> None:
        facts = os.fstat(file.fileno())
        tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        part = _asked_range(self.headers.get("Range", ""), facts.st_size)
        if part is None:
            size = f"bytes */{facts.st_size}"
            self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, Content_Range=size)
            return
        if len(part) < facts.st_size:
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{facts.st_size}")
        else:
            self.send_response(HTTPStatus.OK)
        kind = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command == "GET" and len(part):
            self.connection.sendfile(file, part.start, len(part))


def _asked_range(header: str, size: int) -> range | None:
    """Return the bytes that a Range header asks for: all without one, ``None`` if beyond the end.

    Several ranges at once, or units other than bytes, are answered with the whole file, as
    RFC 9110, section 14.2, allows.
    """
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip(), re.ASCII)
    if not match or match[0] == "bytes=-":
        return range(size)
    first, last = match.groups()
    if not first:
        part = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return range(size)  # no valid range at all
    else:
        part = range(int(first), min(size, int(last) + 1) if last else size)
    return part if len(part) else None


def _listening(folder: Path, host: str, port: int) -> _SiteServer:
    """Return a server on the first free port from ``port`` upwards."""
    for candidate in range(port, port + PORTS_TRIED) if port else (0,):
        try:
            return _SiteServer(folder, host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise SiteError(
                    f"The server cannot listen on {host}; use --host with an address of "
                    f"this machine."
                ) from error
        except OverflowError:
            break
    raise SiteError(f"No port from {port} upwards is free on {host}; choose another with --port.")
