"""What is known of classes: a JSON file for each label."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from typing import Any

from bilderatlas.durable import replacing
from bilderatlas.store.tables import Tables

__all__ = ["ClassFiles"]

_FOLDER = "classes"
_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9_-]{1,60}")
"""Names that mean one file on every system: Windows keeps some, and tells no capitals apart."""


class ClassFiles(Tables):
    """The files ``classes/LABEL.json``; each tells which items and labels it was made from."""

    def write_classification(self, label: str, made_from: str, text: str) -> None:
        """Keep what is known of the classes of ``label``, JSON text, in place of what was."""
        (self.folder / _FOLDER).mkdir(parents=True, exist_ok=True)
        with replacing(self.folder / _FOLDER / f"{_file_name(label)}.json") as file:
            said = json.dumps({"label": label, "made_from": made_from}, ensure_ascii=False)
            file.write(f'{said[:-1]}, "classification": {text}}}'.encode())

    def read_classifications(self, made_from: str) -> dict[str, str]:
        """Return the JSON texts by label of what was made from the same items and labels."""
        found = {}
        for path in sorted((self.folder / _FOLDER).glob("*.json")):
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if content["made_from"] == made_from:
                text = json.dumps(content["classification"], ensure_ascii=False)
                found[content["label"]] = text
        return found

    def classified(self) -> dict[str, str]:
        """Return by label what its classification was made from, be that still so or not."""
        contents = (
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((self.folder / _FOLDER).glob("*.json"))
        )
        return {content["label"]: content["made_from"] for content in contents}

    def delete_classifications(self) -> None:
        """Forget all classes."""
        shutil.rmtree(self.folder / _FOLDER, ignore_errors=True)


def _file_name(label: str) -> str:
    if _SAFE.fullmatch(label):
        return label
    digest = hashlib.blake2b(label.encode(), digest_size=4).hexdigest()
    return f"{re.sub('[^a-z0-9]+', '-', label.lower())[:40].strip('-')}-{digest}".lstrip("-")
