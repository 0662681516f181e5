"""How many copies of a picture are found, and how many others are taken for copies.

    python benchmarks/duplicates.py [FOLDER] [--count 1200] [--grouped FOLDER]

Eight edits of each picture are saved to a temporary folder: JPEG quality 40, half size, a crop of
10% anywhere, brightness 0.7 or 1.3, mirror, a quarter turn left or right, greyscale, and a border
of 5%, black or white. Ours is the real thing: the pass, the neighbours, the search. The pictures of
``--grouped`` come on top; their metadata says by a column ``group`` which are the same.

Counted are pairs of pictures: all those within a family of nine, so also the turned one with the
bordered one. Ours names groups, and all pairs of a group count. The others name pairs by the
distance of two hashes; each has the threshold that serves it best, once by F1, once by recall at
a precision of 0.99 or more. Where originals are one picture already, their families are one: that
is so if their grey thumbnails of 64x64 differ by less than 10 levels (root mean square), which no
method measured here uses. (In the property photographs, 24 pairs differ by 5.0 at most, and
the next by 27.8; all 24 were looked at.)

Beside it are the hashes of imagehash and imagededup, if they are installed:

    pip install imagehash
    pip install --no-deps imagededup; pip install PyWavelets scikit-learn

imagededup wants torch and torchvision for a network that is not measured here. Only its module of
hashes and what that imports are loaded, past the two ``__init__`` (of ``methods`` and ``utils``)
that would load the network: so neither is needed, and the hashes are its own code, unchanged.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import io
import json
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageEnhance, ImageOps

from bilderatlas.analysis.duplicates import Copies, find_duplicates
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.ingest.models.registry import DEFAULT_MODEL
from bilderatlas.ingest.reader import Reader
from bilderatlas.ingest.sources.folder import Folder
from bilderatlas.types import Found, Picture

DATA = Path(__file__).parents[2] / "shared" / "data"
RESULT = Path(__file__).parent / "results" / "duplicates.json"
NEIGHBOURS = 90
BATCH = 8
THREADS = 2
ONE_PICTURE = 10.0  # grey levels
PRECISE = 0.99

Ints = npt.NDArray[np.int64]
Edit = Callable[[Image.Image, np.random.Generator], Image.Image]


def half(image: Image.Image, _: np.random.Generator) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)


def crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    width, height = round(image.width * 0.9), round(image.height * 0.9)
    x, y = rng.integers(image.width - width + 1), rng.integers(image.height - height + 1)
    return image.crop((int(x), int(y), int(x) + width, int(y) + height))


def brightness(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(float(rng.choice([0.7, 1.3])))


def turn(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.rotate(float(rng.choice([90, 270])), expand=True)


def border(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return ImageOps.expand(image, round(max(image.size) / 20), str(rng.choice(["white", "black"])))


EDITS: dict[str, Edit] = {
    "quality 40": lambda image, _: image,
    "half size": half,
    "crop 10%": crop,
    "brightness": brightness,
    "mirror": lambda image, _: ImageOps.mirror(image),
    "quarter turn": turn,
    "greyscale": lambda image, _: image.convert("L"),
    "border": border,
}


@dataclass(frozen=True)
class Made:
    """The pictures, and what is true of them.

    ``edit`` (n,) is the number of the edit, 0 for originals and -1 for those of the grouped folder;
    ``family`` (n,) is equal where the picture is the same.
    """

    paths: list[Path]
    edit: Ints
    family: Ints


def make(originals: Sequence[Path], grouped: Path | None, folder: Path) -> Made:
    """Save the edits of all originals to the folder."""

    def edit_all(number: int) -> list[Path]:
        path = originals[number]
        image = Image.open(path).convert("RGB")
        paths = [path]
        for kind, (name, edit) in enumerate(EDITS.items(), start=1):
            paths.append(folder / f"{number}-{kind}.jpg")
            edited = edit(image, np.random.default_rng((number, kind)))
            edited.save(paths[-1], quality=40 if name == "quality 40" else 90)
        return paths

    with ThreadPoolExecutor(THREADS) as pool:
        families = list(pool.map(edit_all, range(len(originals))))
    paths = [path for family in families for path in family]
    edit = [number for family in families for number in range(len(family))]
    family = [number for number, members in enumerate(families) for _ in members]
    for path, group in in_groups(grouped):
        paths.append(path)
        edit.append(-1)
        family.append(len(families) + group)
    made = Made(paths, np.array(edit), np.array(family))
    return Made(paths, made.edit, merged(made))


def in_groups(folder: Path | None) -> Iterator[tuple[Path, int]]:
    """Yield the pictures of a folder that can be opened, and the number of the group of each."""
    if folder is None:
        return
    numbers: dict[str, int] = {}
    with (folder / "metadata.csv").open() as file:
        for row in csv.DictReader(file):
            if row["status"] == "decodes":
                group = row["group"] or row["filename"]
                yield folder / row["filename"], numbers.setdefault(group, len(numbers))


def merged(made: Made) -> Ints:
    """Make one family of those whose originals are one picture."""
    rows = np.flatnonzero(made.edit <= 0)
    grey = np.stack([small_grey(made.paths[row]) for row in rows])
    squares = (grey * grey).sum(1)
    family = made.family.copy()
    for place, row in enumerate(rows):
        apart = squares[place] + squares[:place] - 2 * grey[:place] @ grey[place]
        for same in np.flatnonzero(apart < ONE_PICTURE**2 * grey.shape[1]):
            family[family == family[row]] = family[rows[same]]
    return family


def small_grey(path: Path) -> npt.NDArray[np.float64]:
    grey = Image.open(path).convert("RGB").convert("L").resize((64, 64), Image.Resampling.BOX)
    return np.asarray(grey, np.float64).ravel()


class Clock:
    """Seconds of each kind of work, on the wall and by CPU."""

    def __init__(self) -> None:
        self.seconds: dict[str, dict[str, float]] = {}

    @contextmanager
    def measuring(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
        }


def read(paths: Sequence[Path]) -> list[Picture]:
    """Do the pass over the pictures."""
    found = [Found(str(path), str(path), path.stat().st_size, 0) for path in paths]
    batches = [found[start : start + BATCH] for start in range(0, len(found), BATCH)]
    readers = [Reader.open(DEFAULT_MODEL) for _ in range(THREADS)]

    def work(batch: list[Found]) -> list[Picture]:
        reader = readers.pop()
        results = reader(batch)
        readers.append(reader)
        pictures = [one for one in results if isinstance(one, Picture)]
        if len(pictures) < len(batch):
            sys.exit(f"Some pictures cannot be read: {results}")
        return pictures

    with ThreadPoolExecutor(THREADS) as pool:
        return [picture for batch in pool.map(work, batches) for picture in batch]


def ours(made: Made, clock: Clock) -> Ints:
    """Return the group of each picture; one that has no duplicate is a group of its own."""
    with clock.measuring("pass"):
        pictures = read(made.paths)
    with clock.measuring("neighbours"):
        neighbours = nearest(np.stack([picture.vector for picture in pictures]), NEIGHBOURS)
    copies = Copies(
        np.array([picture.width for picture in pictures]),
        np.array([picture.height for picture in pictures]),
        np.array([path.stat().st_size for path in made.paths]),
        np.array([path.stat().st_mtime for path in made.paths]),
    )

    def thumbnails(ids: Ints) -> list[npt.NDArray[np.uint8]]:
        return [np.asarray(Image.open(io.BytesIO(pictures[item].t128))) for item in ids]

    with clock.measuring("bilderatlas"):
        keys = [picture.key for picture in pictures]
        groups, _ = find_duplicates(keys, neighbours, thumbnails, copies)
    group_of = np.arange(len(pictures))
    for group in groups:
        group_of[group.members] = group.members.min()
    return group_of


def hashers() -> dict[str, Callable[[Image.Image], int]]:
    """Return the hashes of the other libraries that are installed, as functions to 64 bits."""

    def of_imagehash(function: Callable[[Image.Image], object], image: Image.Image) -> int:
        return int(str(function(image)), 16)

    def of_imagededup(encode: Callable[..., str], image: Image.Image) -> int:
        return int(encode(image_array=np.asarray(image)), 16)

    found: dict[str, Callable[[Image.Image], int]] = {}
    if importlib.util.find_spec("imagehash"):
        imagehash = importlib.import_module("imagehash")
        for name in ("average_hash", "phash", "dhash", "whash"):
            found[f"imagehash {name}"] = partial(of_imagehash, getattr(imagehash, name))
    spec = importlib.util.find_spec("imagededup")
    if spec and spec.submodule_search_locations:
        for name in ("methods", "utils"):
            package = types.ModuleType(f"imagededup.{name}")
            package.__path__ = [str(Path(spec.submodule_search_locations[0]) / name)]
            sys.modules[package.__name__] = package
        hashing = importlib.import_module("imagededup.methods.hashing")
        for name in ("AHash", "PHash", "DHash", "WHash"):
            encode = getattr(hashing, name)(verbose=False).encode_image
            found[f"imagededup {name}"] = partial(of_imagededup, encode)
    return found


def hashed(paths: Sequence[Path], function: Callable[[Image.Image], int]) -> npt.NDArray[np.uint64]:
    with ThreadPoolExecutor(THREADS) as pool:
        hashes = pool.map(lambda path: function(Image.open(path).convert("RGB")), paths)
        return np.array(list(hashes), np.uint64)


def pairs_in(labels: Sequence[Any]) -> int:
    """Return how many pairs have the same label."""
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def score(true: int, named: int, all_true: int) -> dict[str, float]:
    precision, recall = true / max(1, named), true / max(1, all_true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def score_groups(groups: Ints, family: Ints) -> dict[str, float]:
    """Return the figures of ours, over all pairs."""
    both = list(zip(groups.tolist(), family.tolist(), strict=True))
    return score(pairs_in(both), pairs_in(groups.tolist()), pairs_in(family.tolist()))


def score_hashes(hashes: npt.NDArray[np.uint64], made: Made) -> dict[str, Any]:
    """Return the figures of a hash at its best thresholds."""
    true, named = np.zeros(65, np.int64), np.zeros(65, np.int64)
    for row in range(1, len(hashes)):
        apart = np.bitwise_count(hashes[:row] ^ hashes[row])
        named += np.bincount(apart, minlength=65)
        true += np.bincount(apart[made.family[:row] == made.family[row]], minlength=65)
    all_true = int(true.sum())
    scores = [
        {"bits": bits, **score(int(found), int(all_), all_true)}
        for bits, (found, all_) in enumerate(zip(true.cumsum(), named.cumsum(), strict=True))
    ]
    by_f1 = max(scores, key=lambda each: each["f1"])
    precise = [each for each in scores if each["precision"] >= PRECISE]
    near = np.bitwise_count(hashes ^ hashes[original_rows(made)]) <= by_f1["bits"]
    return {
        "best by F1": by_f1,
        "best precise": max(precise, key=lambda each: each["recall"]) if precise else None,
        "found by edit": by_edit(near, made),
    }


def original_rows(made: Made) -> Ints:
    """Return for each picture the row of the original it was made from."""
    return np.arange(len(made.edit)) - np.maximum(made.edit, 0)


def by_edit(found: npt.NDArray[np.bool_], made: Made) -> dict[str, float]:
    return {
        name: float(found[made.edit == number].mean()) for number, name in enumerate(EDITS, start=1)
    }


def show(result: dict[str, Any]) -> None:
    """Print the figures as tables."""
    print(f"{result['pictures']:,} pictures, {result['pairs']:,} pairs of the same picture\n")
    print(f"{'':24}{'precision':>10}{'recall':>8}{'at >= 0.99: recall':>20}{'CPU s':>8}")
    for name, method in result["methods"].items():
        best, precise = method["best by F1"], method["best precise"]
        at = f"{precise['recall']:.4f}" if precise else "never"
        print(
            f"{name:24}{best['precision']:10.4f}{best['recall']:8.4f}{at:>20}"
            f"{result['seconds'][name]['cpu']:8.0f}"
        )
    print(f"\n{'found by edit':24}" + "".join(f"{name:>13}" for name in EDITS))
    for name, method in result["methods"].items():
        print(f"{name:24}" + "".join(f"{method['found by edit'][e]:13.3f}" for e in EDITS))
    for name in ("pass", "neighbours"):
        print(f"\n{name}: {result['seconds'][name]['cpu']:.0f} CPU s", end="")
    print()
    if grouped := result["grouped"]:
        print(
            f"the grouped folder alone: precision {grouped['precision']:.4f}, "
            f"recall {grouped['recall']:.4f}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the figures to ``benchmarks/results/duplicates.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DATA / "houses")
    parser.add_argument("-n", "--count", type=int, default=1200, help="originals, at most")
    parser.add_argument("--grouped", type=Path, help="pictures whose metadata has groups")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"There are no pictures at {options.folder}: name a folder of photographs.")
        return
    found = Folder(options.folder).list().found[: options.count]
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        originals = [Path(one.location) for one in found]
        made = make(originals, options.grouped, Path(folder))
        groups = ours(made, clock)
        figures = score_groups(groups, made.family)
        edited = by_edit(groups == groups[original_rows(made)], made)
        methods: dict[str, Any] = {
            "bilderatlas": {
                "best by F1": figures,
                "best precise": figures if figures["precision"] >= PRECISE else None,
                "found by edit": edited,
            }
        }
        for name, function in hashers().items():
            with clock.measuring(name):
                hashes = hashed(made.paths, function)
            methods[name] = score_hashes(hashes, made)
    rest = made.edit < 0
    result = {
        "pictures": len(made.paths),
        "pairs": pairs_in(made.family.tolist()),
        "methods": methods,
        "grouped": score_groups(groups[rest], made.family[rest]) if rest.any() else None,
        "seconds": clock.seconds,
    }
    show(result)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
