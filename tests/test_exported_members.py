"""The public surface: what the package offers, and that each module says what it offers."""

import ast
from pathlib import Path

import bilderatlas

SOURCE = Path(bilderatlas.__file__).parent

PUBLIC = [
    "Atlas",
    "AtlasError",
    "BilderatlasError",
    "ExportError",
    "FigureError",
    "MissingExtraError",
    "ModelError",
    "PictureError",
    "QueryError",
    "Settings",
    "SiteError",
    "SourceError",
    "TableError",
    "build",
    "open",
]


def test_the_package_offers_exactly_these_names() -> None:
    assert sorted(bilderatlas.__all__) == PUBLIC
    assert [name for name in PUBLIC if not hasattr(bilderatlas, name)] == []


def test_each_module_with_code_says_what_it_offers() -> None:
    silent = []
    for file in sorted(SOURCE.rglob("*.py")):
        body = ast.parse(file.read_text("utf-8")).body
        assigned: list[ast.expr] = []
        for statement in body:
            if isinstance(statement, ast.Assign):
                assigned += statement.targets
            elif isinstance(statement, ast.AnnAssign):
                assigned.append(statement.target)
        named = any(isinstance(name, ast.Name) and name.id == "__all__" for name in assigned)
        only_a_docstring = all(isinstance(statement, ast.Expr) for statement in body)
        if not named and not only_a_docstring:
            silent.append(str(file.relative_to(SOURCE)))
    assert silent == []
