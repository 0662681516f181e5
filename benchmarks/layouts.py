"""What each way of drawing the map costs, and how much of the truth it keeps.

    python benchmarks/layouts.py [--sizes 2140 10000 70000] [--vectors houses.npy]

Each runs in a process of its own, from the vectors to the positions: imports, compilation and the
search for neighbours count. CPU seconds are those of all threads. ``kept`` is the share of the ten
nearest pictures (exact, by cosine similarity) that the map has among the ten nearest;
trustworthiness as of Venna & Kaski (2006), of a sample above 5,000 items. A run that takes more CPU
than ``--limit`` is stopped and says so. Vectors are made to resemble those of photographs; real
ones may be given beside them.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours import Exact, nearest
from bilderatlas.analysis.quality import kept, trustworthiness_and_continuity
from bilderatlas.types import Float32Array

SURFACES, LATENT, BENT, DIMENSIONS = 12, 60, 128, 256
RESULT = Path(__file__).parent / "results" / "layouts.json"

Vectors = npt.NDArray[Any]


def ours(vectors: Vectors) -> Vectors:
    from bilderatlas.analysis.layouts.tsne import TSNE

    return TSNE().fit_transform(nearest(vectors, 90), vectors)


def ours_without_overlap(vectors: Vectors) -> Vectors:
    from bilderatlas.analysis.layouts.apart import Apart

    return Apart().fit_transform(ours(vectors))


def ours_in_a_grid(vectors: Vectors) -> Vectors:
    from bilderatlas.analysis.layouts.grid import Grid

    return Grid().fit_transform(ours(vectors))


def ours_pca(vectors: Vectors) -> Vectors:
    from bilderatlas.analysis.layouts.pca import PCA

    return PCA().fit_transform(vectors)


def plain_opentsne(vectors: Vectors) -> Vectors:
    from openTSNE.tsne import TSNE

    return np.asarray(TSNE(metric="cosine", random_state=0, n_jobs=2).fit(vectors))


def scikit_learn(vectors: Vectors) -> Vectors:
    from sklearn.manifold import TSNE

    # On the unit sphere, cosine and Euclidean distances rank alike.
    return np.asarray(TSNE(random_state=0, n_jobs=2).fit_transform(vectors))


def umap(vectors: Vectors) -> Vectors:
    from umap.umap_ import UMAP

    return np.asarray(UMAP(metric="cosine", random_state=0, n_jobs=1).fit_transform(vectors))


def pacmap(vectors: Vectors) -> Vectors:
    from pacmap import PaCMAP

    return np.asarray(PaCMAP(random_state=0).fit_transform(vectors))


WAYS: dict[str, tuple[Callable[[Vectors], Vectors], str]] = {
    "bilderatlas t-SNE": (ours, "openTSNE"),
    "bilderatlas t-SNE, no overlap": (ours_without_overlap, "openTSNE"),
    "bilderatlas t-SNE, grid": (ours_in_a_grid, "openTSNE"),
    "bilderatlas PCA": (ours_pca, "scipy"),
    "openTSNE": (plain_opentsne, "openTSNE"),
    "scikit-learn t-SNE": (scikit_learn, "scikit-learn"),
    "umap-learn": (umap, "umap-learn"),
    "PaCMAP": (pacmap, "pacmap"),
}
"""What draws a map, and the package that it needs."""

MODULES = {"openTSNE": "openTSNE", "scipy": "scipy", "scikit-learn": "sklearn"}
MODULES |= {"umap-learn": "umap", "pacmap": "pacmap"}


def make_vectors(n: int, seed: int = 0) -> Float32Array:
    """Return unit vectors, shape (n, 256), near 12 curved surfaces.

    2,000 of them resemble those of 2,140 photographs: their intrinsic dimension (Levina & Bickel
    2004) is 20, as theirs; the tenth nearest has a similarity of 0.72 (theirs: 0.77), a pair drawn
    by lot 0.38 (0.46).
    """
    random = np.random.default_rng(seed)
    sizes = np.arange(1, SURFACES + 1) ** -0.5
    surface = random.choice(SURFACES, n, p=sizes / sizes.sum())
    scales = np.arange(1, LATENT + 1) ** -0.4
    scales /= np.linalg.norm(scales)
    vectors = random.normal(0, 0.15, (n, DIMENSIONS)) + random.normal(0, 0.7, DIMENSIONS)
    for number in range(SURFACES):
        own = np.flatnonzero(surface == number)
        flat = random.normal(size=(len(own), LATENT)) * scales
        bent = np.tanh(
            1.5 * flat @ random.normal(size=(LATENT, BENT)) + random.normal(0, 0.5, BENT)
        )
        vectors[own] += bent @ random.normal(0, BENT**-0.5, (BENT, DIMENSIONS))
        vectors[own] += random.normal(0, 0.5, DIMENSIONS)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


def run_one(way: str, vectors: Path, positions: Path) -> None:
    """Draw one map, save it, and print the seconds of CPU and by the clock on the wall."""
    given = np.load(vectors)
    wall, cpu = time.perf_counter(), time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = WAYS[way][0](given)
    seconds = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    np.save(positions, drawn.astype(np.float32))
    print(json.dumps(seconds))


def measure(vectors: Vectors, ways: Sequence[str], limit: int) -> dict[str, Any]:
    """Return the figures of each way for these vectors."""
    truth = nearest(vectors, 10, index=Exact.build(vectors))
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        stored, drawn = Path(folder) / "vectors.npy", Path(folder) / "positions.npy"
        np.save(stored, vectors)
        for way in ways:
            if find_spec(MODULES[WAYS[way][1]]) is None:
                figures[way] = {"not measured": f"{WAYS[way][1]} is not installed"}
            else:
                figures[way] = in_own_process(way, stored, drawn, limit)
            if "cpu" in figures[way]:
                positions = np.load(drawn)
                ranks = trustworthiness_and_continuity(truth, vectors, positions)
                figures[way] |= {"kept": kept(truth, positions)[0], **ranks.quality}
            show(way, figures[way])
    return figures


def in_own_process(way: str, vectors: Path, positions: Path, limit: int) -> dict[str, Any]:
    """Run one way, with a bound on its CPU time."""
    command = [sys.executable, __file__, "--one", way, str(vectors), str(positions)]
    done = subprocess.run(
        command,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5)),
    )
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return {"not measured": f"more than {limit} CPU seconds"}
    if done.returncode:
        raise RuntimeError(f"{way} failed: {done.stderr.decode()[-2000:]}")
    seconds: dict[str, Any] = json.loads(done.stdout.decode().splitlines()[-1])
    return seconds


def show(way: str, figures: dict[str, Any]) -> None:
    """Print one row of the table."""
    if "cpu" in figures:
        row = (figures["cpu"], figures["wall"], figures["kept"], figures["trustworthiness"])
        print(f"{way:32}{row[0]:9.1f}{row[1]:9.1f}{row[2]:9.3f}{row[3]:9.3f}", flush=True)
    else:
        print(f"{way:32}  {figures['not measured']}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the figures to ``benchmarks/results/layouts.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[2_000, 10_000, 70_000])
    parser.add_argument("--vectors", type=Path, help="a .npy file with vectors of pictures")
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=list(WAYS), metavar="WAY")
    parser.add_argument("--limit", type=int, default=900, help="CPU seconds a run may take")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        run_one(options.one[0], Path(options.one[1]), Path(options.one[2]))
        return
    sets = [(f"{n:,} made vectors", make_vectors(n)) for n in options.sizes]
    if options.vectors:
        given = np.load(options.vectors)
        sets.insert(0, (f"{len(given):,} vectors of {options.vectors.stem}", given))
    known = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    results: dict[str, Any] = known.get("sets", {})
    for title, vectors in sets:
        print(f"\n{title:32}{'CPU s':>9}{'wall s':>9}{'kept':>9}{'trust':>9}", flush=True)
        results.setdefault(title, {}).update(measure(vectors, options.ways, options.limit))
        packages = {package for _, package in WAYS.values() if find_spec(MODULES[package])}
        about = {
            "machine": platform.processor() or platform.machine(),
            "versions": {package: version(package) for package in sorted(packages)},
            "sets": results,
        }
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main()
