"""The built viewer, copied into a site with the site's own title."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from bilderatlas.errors import SiteError

__all__ = ["BUILT_VIEWER", "copy_viewer", "viewer_stamp"]

BUILT_VIEWER = Path(__file__).parent / "static"
"""Where the viewer is built into."""


def copy_viewer(viewer: Path, folder: Path, words: Mapping[str, str]) -> None:
    """Copy a built viewer and put ``words`` in the place of their ``{{name}}`` in its page.

    Raises
    ------
    SiteError
        When ``viewer`` holds no built viewer.
    """
    page = viewer / "index.html"
    if not page.is_file():
        raise SiteError(
            f"The viewer is not built: {page} is missing; "
            f"run `npm ci && npm run build` in the folder viewer, or install bilderatlas anew."
        )
    shutil.copytree(viewer, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    # One pass, so that a title which itself holds {{…}} stays as it is.
    filled = re.sub(
        r"\{\{(\w+)\}\}",
        lambda match: html.escape(words.get(match[1], match[0])),
        page.read_text("utf-8"),
    )
    (folder / "index.html").write_text(filled, "utf-8", newline="\n")


def viewer_stamp(viewer: Path = BUILT_VIEWER) -> str:
    """Return 32 hexadecimal digits that change with the built viewer."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(viewer.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(viewer).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
