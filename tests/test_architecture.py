"""Who may import whom, what files may be called, and how long they may be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]

VALUES = {"types", "errors"}
WINGS = {"ingest", "analysis", "publish"}

# A room is what stands directly below bilderatlas/ or viewer/src/.
PYTHON_RULES = {
    "types": set[str](),
    "errors": set[str](),
    **dict.fromkeys(WINGS, VALUES),
    "durable": set[str](),
    "record": VALUES,
    "store": VALUES | {"record", "durable"},
    "demo": WINGS | VALUES | {"store", "record"},
    "pipeline": WINGS | VALUES | {"store", "record"},
    "atlas": WINGS | VALUES | {"store", "record", "pipeline"},
    "server": VALUES | {"atlas"},
    "widget": VALUES | {"atlas"},
    "cli": VALUES | {"atlas", "server", "demo"},
    "__main__": {"cli"},
    "__init__": VALUES | {"atlas", "pipeline.settings"},
}
# What a build is told, and how and what it tells: values that faces and Atlas.build exchange; and
# the tables and findings that Atlas returns, which a face writes.
EXCHANGED = {
    "pipeline.settings", "pipeline.progress", "pipeline.build.Summary", "publish.tables",
    "analysis.labels.classification.Classification", "pipeline.fine_tuning.FineTuning",
}  # fmt: skip
FACES = {"cli", "server", "widget"}

VIEWER_RULES = {
    "data": set[str](),
    "state": {"data"},
    "scene": {"data"},
    "ui": {"state"},
}

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_FILE = 400  # lines
CODE = {".py", ".ts", ".vert", ".frag", ".glsl", ".css"}
NOT_OURS = {"node_modules", "static", ".vite"}


def python_imports(file: Path, root: Path) -> Iterator[str]:
    """Yield the dotted paths below the package ``root`` that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            folder = file.relative_to(root.parent).parts[: -node.level] if node.level else ()
            module = ".".join([*folder, *([node.module] if node.module else [])])
            # `from bilderatlas import store` imports a room as much as `import bilderatlas.store`.
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        inside = (name for name in names if _is_in(name, root.name))
        yield from (name.removeprefix(f"{root.name}.") for name in inside)


def python_violations(root: Path) -> list[str]:
    """Return "file imports room" for each import that the rules do not allow."""
    found = []
    for file in sorted(root.rglob("*.py")):
        inside = file.relative_to(root)
        room = Path(inside.parts[0]).stem
        allowed = PYTHON_RULES.get(room, set()) | {room} | (EXCHANGED if room in FACES else set())
        found += [
            f"{inside} imports {target}"
            for target in python_imports(file, root)
            if not any(_is_in(target, name) for name in allowed)
        ]
    return found


def viewer_violations(root: Path) -> list[str]:
    """Return "file imports file" for each TypeScript import between rooms that is not allowed."""
    found = []
    statement = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']*)["']""")
    for file in sorted(root.rglob("*.ts")):
        inside = file.relative_to(root)
        if len(inside.parts) == 1:  # main.ts joins the rooms
            continue
        room = inside.parts[0]
        for path in statement.findall(file.read_text("utf-8")):
            target = (file.parent / path).resolve().relative_to(root.resolve())
            if target.parts[0] not in VIEWER_RULES.get(room, set()) | {room}:
                found.append(f"{inside} imports {target.as_posix()}")
    return found


def vague_or_long(root: Path) -> list[str]:
    """Return the files that are called after nothing, or have become two."""
    found = []
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root)
        if file.suffix not in CODE or NOT_OURS & set(inside.parts):
            continue
        if VAGUE_NAMES & {Path(part).stem.lower() for part in inside.parts}:
            found.append(f"{inside} has a vague name")
        if (lines := len(file.read_text("utf-8").splitlines())) > LONGEST_FILE:
            found.append(f"{inside} has {lines} lines")
    return found


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_the_rooms_of_the_package_import_only_what_they_may() -> None:
    assert python_violations(REPOSITORY / "src" / "bilderatlas") == []


def test_each_room_of_the_package_has_a_rule() -> None:
    inside = (REPOSITORY / "src" / "bilderatlas").iterdir()
    rooms = {
        path.stem for path in inside if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms <= set(PYTHON_RULES)


def test_the_rooms_of_the_viewer_import_only_what_they_may() -> None:
    assert viewer_violations(REPOSITORY / "viewer" / "src") == []


def test_each_room_of_the_viewer_has_a_rule() -> None:
    rooms = {path.name for path in (REPOSITORY / "viewer" / "src").iterdir() if path.is_dir()}
    assert rooms == set(VIEWER_RULES)


@pytest.mark.parametrize("folder", ["src", "viewer", "tests", "tools", "benchmarks"])
def test_each_file_has_a_telling_name_and_a_size_to_read(folder: str) -> None:
    assert vague_or_long(REPOSITORY / folder) == []


@pytest.mark.parametrize(
    ("file", "line", "allowed"),
    [
        ("analysis/clusters.py", "from bilderatlas.types import Neighbours", True),
        ("analysis/clusters.py", "import numpy", True),
        ("analysis/clusters.py", "from bilderatlas.ingest.reader import read", False),
        ("analysis/clusters.py", "from bilderatlas import store", False),
        ("analysis/clusters.py", "def f():\n    import bilderatlas.atlas", False),
        ("analysis/clusters.py", "from ..store import Store", False),
        ("ingest/models/session.py", "from .network import Network", True),
        ("ingest/models/session.py", "from ...analysis import clusters", False),
        ("publish/site/pages.py", "from bilderatlas.publish.site.order import order", True),
        ("pipeline/build.py", "from bilderatlas.analysis.clusters import find", True),
        ("pipeline/build.py", "from bilderatlas.atlas import Atlas", False),
        ("store.py", "from bilderatlas.pipeline.build import build", False),
        ("cli/build.py", "from bilderatlas.pipeline.settings import Settings", True),
        ("cli/build.py", "from bilderatlas.pipeline.build import build", False),
        ("server.py", "from bilderatlas.cli.serve import serve", False),
        ("newroom.py", "from bilderatlas.types import Layout", False),
    ],
)
def test_a_forbidden_python_import_is_found(
    tmp_path: Path, file: str, line: str, allowed: bool
) -> None:
    path = tmp_path / "bilderatlas" / file
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n")
    assert (python_violations(tmp_path / "bilderatlas") == []) is allowed


@pytest.mark.parametrize(
    ("file", "line", "allowed"),
    [
        ("ui/lightbox.ts", 'import { View } from "../state/view";', True),
        ("ui/lightbox.ts", 'import type { Pages } from "../scene/pages";', False),
        ("scene/pages.ts", "import {\n  Column,\n} from '../data/column.js';", True),
        ("scene/pages.ts", 'import shader from "./quad.vert";', True),
        ("scene/pages.ts", 'export { Button } from "../ui/button";', False),
        ("data/column.ts", 'import "../state/view";', False),
        ("state/view.ts", 'import { Column } from "../data/column";', True),
        ("state/view.ts", 'const map = await import("../scene/map");', False),
        ("main.ts", 'import { Scene } from "./scene/scene"; import "./ui/lightbox";', True),
    ],
)
def test_a_forbidden_typescript_import_is_found(
    tmp_path: Path, file: str, line: str, allowed: bool
) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line + "\n")
    assert (viewer_violations(tmp_path) == []) is allowed


@pytest.mark.parametrize(
    ("file", "lines", "allowed"),
    [
        ("order.py", 400, True),
        ("order.py", 401, False),
        ("utils.py", 1, False),
        ("common/order.ts", 1, False),
        ("node_modules/helpers.ts", 900, True),
    ],
)
def test_a_vague_name_or_a_long_file_is_found(
    tmp_path: Path, file: str, lines: int, allowed: bool
) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n" * lines)
    assert (vague_or_long(tmp_path) == []) is allowed
