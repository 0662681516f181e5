"""How close the pass over the pictures comes to the least it must do: decode and inference.

    python benchmarks/ingest.py [FOLDER]

Decoding alone, inference alone and the whole pass take turns on the same RGB pictures, so that a
machine that is busy with something else slows all alike; rates are medians of the rounds. The limit
is 1 / (1 / decode + 1 / inference); a second one counts the resizing to the network's input, which
no pass can do without either. Memory is measured in a fresh process for each size.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from bilderatlas.ingest.models.registry import DEFAULT_MODEL
from bilderatlas.ingest.models.session import Session
from bilderatlas.ingest.pictures.decode import DRAFT_SIDE
from bilderatlas.ingest.reader import Reader
from bilderatlas.ingest.sources.folder import Folder
from bilderatlas.types import Found, Picture

BATCH = 8
ROUND = 64
MEMORY_SIZES = (500, 2000)
MADE_PICTURES = 64
RESULT = Path(__file__).parent / "results" / "ingest.json"

Batch = list[Found]


@dataclass
class Clock:
    """Seconds per picture of one kind of work in each round, all threads together."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, pool: ThreadPoolExecutor, work: Callable[[Batch], Any], of: Batch) -> None:
        batches = [of[start : start + BATCH] for start in range(0, len(of), BATCH)]
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in pool.map(work, batches):
            pass
        self.wall.append((time.perf_counter() - wall) / len(of))
        self.cpu.append((time.process_time() - cpu) / len(of))


def make_pictures(folder: Path) -> None:
    """Write JPEGs of 512 x 384 with the detail of photographs."""
    rng = np.random.default_rng(1)
    for number in range(MADE_PICTURES):
        coarse = rng.integers(0, 256, (48, 64, 3), dtype=np.uint8)
        smooth = np.asarray(Image.fromarray(coarse).resize((512, 384)), dtype=np.float32)
        noisy = smooth + rng.normal(0, 6, smooth.shape)
        picture = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
        picture.save(folder / f"{number:03}.jpg", quality=85)


def found_in(folder: Path, count: int) -> Batch:
    """Return that many pictures of the folder, from the first again when it has fewer."""
    found = Folder(folder).list().found
    if not found:
        sys.exit(f"There are no pictures in {folder}: give another folder.")
    return list(islice(cycle(found), count))


def decoded(found: Found) -> Image.Image:
    """Do the least that any pass must do before the network."""
    image = Image.open(io.BytesIO(Path(found.location).read_bytes()))
    image.draft(None, (DRAFT_SIDE, DRAFT_SIDE))
    image.load()
    return image


def decode_alone(batch: Batch) -> None:
    """Decode a batch, and keep nothing."""
    for found in batch:
        decoded(found)


def measure_speed(pictures: Batch, *, model: str, threads: int) -> dict[str, Clock]:
    """Let the kinds of work take turns, each on all threads."""
    readers = [Reader.open(model) for _ in range(threads)]
    sessions = [Session.open(model) for _ in range(threads)]
    clocks = {name: Clock() for name in ("decode", "decode and resize", "inference", "pass")}
    inputs: list[npt.NDArray[np.uint8]] = []

    def decode_and_resize(batch: Batch) -> None:
        inputs.append(np.stack([sessions[0].preprocessing(decoded(found)) for found in batch]))

    def embed_alone(batch: Batch) -> None:
        session = sessions.pop()
        session.embed(inputs.pop())
        sessions.append(session)

    def read(batch: Batch) -> None:
        reader = readers.pop()
        results = reader(batch)
        readers.append(reader)
        if not all(isinstance(one, Picture) for one in results):
            sys.exit(f"Some pictures cannot be read: {results}")

    with ThreadPoolExecutor(threads) as pool:
        for work in (decode_alone, decode_and_resize, embed_alone, read):  # once without the clock
            Clock().run(pool, work, pictures[:ROUND])
        for start in range(0, len(pictures), ROUND):
            part = pictures[start : start + ROUND]
            clocks["decode"].run(pool, decode_alone, part)
            clocks["decode and resize"].run(pool, decode_and_resize, part)
            clocks["inference"].run(pool, embed_alone, part)
            clocks["pass"].run(pool, read, part)
    return clocks


def measure_memory(folder: Path, *, model: str, threads: int) -> dict[int, float]:
    """Return the peak of resident memory in MB for each number of pictures."""
    peaks = {}
    for count in MEMORY_SIZES:
        command = [sys.executable, __file__, str(folder), "--model", model]
        command += ["--threads", str(threads), "--only-read", str(count)]
        peaks[count] = float(subprocess.run(command, check=True, capture_output=True).stdout)
    return peaks


def read_only(pictures: Batch, *, model: str, threads: int) -> float:
    """Read the pictures, keep nothing, and return this process's peak of memory in MB."""
    readers = [Reader.open(model) for _ in range(threads)]

    def read(batch: Batch) -> None:
        reader = readers.pop()
        reader(batch)
        readers.append(reader)

    with ThreadPoolExecutor(threads) as pool:
        Clock().run(pool, read, pictures)
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def summary(clocks: dict[str, Clock], peaks: dict[int, float], threads: int) -> dict[str, Any]:
    """Return the figures: rates by the clock on the wall and by CPU time, and memory."""
    result: dict[str, Any] = {"threads": threads, "machine": platform.processor() or os.name}
    for kind, cores in (("wall", 1), ("cpu", threads)):
        rates = {name: cores / median(getattr(clock, kind)) for name, clock in clocks.items()}
        least = 1 / rates["decode"] + 1 / rates["inference"]
        result[kind] = {
            **rates,
            "limit": 1 / least,
            "ratio": rates["pass"] * least,
            "ratio with resize": rates["pass"]
            * (1 / rates["decode and resize"] + 1 / rates["inference"]),
        }
    small, large = MEMORY_SIZES
    result["memory_mb"] = peaks
    result["memory_growth"] = peaks[large] / peaks[small] - 1
    return result


def show(result: dict[str, Any]) -> None:
    """Print the figures as a table."""
    wall, cpu = result["wall"], result["cpu"]
    heading = f"img/s on {result['threads']} threads"
    print(f"{heading:32}{'by the wall':>12}{'by CPU':>12}")
    for name in ("decode", "decode and resize", "inference", "limit", "pass"):
        print(f"{name:32}{wall[name]:12.1f}{cpu[name]:12.1f}")
    for name, title in (
        ("ratio", "pass / limit"),
        ("ratio with resize", "pass / limit that counts resize"),
    ):
        print(f"{title:32}{wall[name]:12.3f}{cpu[name]:12.3f}")
    for count, peak in result["memory_mb"].items():
        print(f"{f'peak memory, n = {count:,}':32}{peak:9.0f} MB")
    print(f"{'memory growth':32}{result['memory_growth']:12.1%}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the figures to ``benchmarks/results/ingest.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="pictures (made ones by default)")
    parser.add_argument("-n", "--count", type=int, default=1024, help="pictures read for speed")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only-read", type=int, metavar="N", help="print the peak memory of N")
    options = parser.parse_args(arguments)
    chosen = {"model": options.model, "threads": options.threads}
    with ExitStack() as stack:
        folder = options.folder
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            make_pictures(folder)
        if options.only_read:
            print(read_only(found_in(folder, options.only_read), **chosen))
            return
        peaks = measure_memory(folder, **chosen)
        clocks = measure_speed(found_in(folder, options.count), **chosen)
    result = summary(clocks, peaks, options.threads)
    show(result)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
