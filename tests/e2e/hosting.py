"""A host as plain as they come: any folder of files, under any path, nothing compressed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

__all__ = ["SUB_PATH", "hosted"]

SUB_PATH = "some/where/else"


class _Quiet(SimpleHTTPRequestHandler):
    """What ``python -m http.server`` answers with, without its log."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Host(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that leave before a file has reached them."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def hosted(site: Path, root: Path) -> Iterator[str]:
    """Serve a site from a path below the empty folder ``root``; enter with the site's address."""
    place = root / SUB_PATH
    place.parent.mkdir(parents=True)
    place.symlink_to(site.resolve(), target_is_directory=True)
    with _Host(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
        finally:
            server.shutdown()
            thread.join()
