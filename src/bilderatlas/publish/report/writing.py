"""A report as a file."""

from __future__ import annotations

from pathlib import Path

from bilderatlas.errors import ExportError
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.document import report

__all__ = ["check_report_path", "write_report"]


def check_report_path(path: Path) -> None:
    """Raise ExportError if no report can be written to ``path``."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise ExportError(f"{path}: a report is an HTML file: let its name end in .html.")
    if not path.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {path.parent}: make it, or choose another.")


def write_report(content: ReportContent, path: Path) -> None:
    """Write the report of a collection; all of it, or nothing."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(report(content), encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
