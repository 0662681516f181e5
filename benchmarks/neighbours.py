"""How fast and how truly the nearest of a picture are found, beside other libraries.

    python benchmarks/neighbours.py [--million] [--crossing]

Vectors of 1,280 dimensions are made as a network makes them: overlapping clusters of uneven size on
axes of falling variance, noise, nothing negative. The vectors of 2,140 property photographs were
the model: a third of their numbers are zero, 64 axes hold three quarters of the variance, and the
similarity of the tenth nearest is 0.77 where that of any two is 0.43.

Queries are vectors of the same kind that the index does not hold; they are asked one at a time on
one thread, and their time is the median. Builds may use all cores. Each library keeps its vectors
as float32, as it does by default; ours has an index beside the float16 vectors of the atlas, and
both are opened from disk as memory maps. ``--million`` measures ours at 1,000,000, ``--crossing``
where lists become faster than comparing all; each adds to what the results file holds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours import Annoy, Exact, Index, Ivf, nearest, recall

D = 1280
KINDS, AXES = 300, 256
BLOCK = 16_384
SIZES = (10_000, 100_000)
MILLION = 1_000_000
CROSSING_SIZES = (5_000, 10_000, 20_000, 30_000)
K, GRAPH_K = 10, 90
GRAPH_BLOCK = 65_536
QUERIES = 500
RESULT = Path(__file__).parent / "results" / "neighbours.json"

Vectors: TypeAlias = npt.NDArray[Any]
Answer: TypeAlias = Callable[[Vectors], Any]  # the ids of the K nearest of one query, (1, K)


@dataclass(frozen=True)
class Figures:
    """What was measured of one way of finding neighbours."""

    name: str
    n: int
    build_s: float
    build_cpu_s: float
    disk_mb: float
    recall: float
    query_ms: float

    @property
    def per_second(self) -> float:
        """Queries answered in a second, on one thread."""
        return 1000 / self.query_ms


def made(n: int, seed: int) -> Iterator[npt.NDArray[np.float16]]:
    """Yield ``n`` vectors in blocks; those of all seeds are of the same clusters."""
    world, random = np.random.default_rng(0), np.random.default_rng(seed)
    spread = (1.0 + np.arange(AXES)) ** -0.6
    spread = (spread / np.linalg.norm(spread)).astype(np.float32)
    axes = world.normal(size=(AXES, D)).astype(np.float32)
    threshold = (0.3 + 0.3 * world.normal(size=D)).astype(np.float32)
    centres = world.normal(size=(KINDS, AXES)).astype(np.float32) * spread
    width = (0.65 * (0.5 + world.random((KINDS, 1)))).astype(np.float32) * spread
    share = (1.0 + np.arange(KINDS)) ** -0.7
    for start in range(0, n, BLOCK):
        count = min(BLOCK, n - start)
        kind = random.choice(KINDS, count, p=share / share.sum())
        inner = random.standard_normal((count, AXES), np.float32) * width[kind] + centres[kind]
        noise = 0.3 * random.standard_normal((count, D), np.float32)
        rows = np.maximum(inner @ axes + threshold + noise, 0)
        yield (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def on_disk(folder: Path, n: int) -> npt.NDArray[np.float16]:
    """Write ``n`` made vectors to a file and return them as a memory map."""
    path = folder / f"vectors-{n}.npy"
    written = np.lib.format.open_memmap(path, "w+", np.float16, (n, D))
    start = 0
    for rows in made(n, seed=1):
        written[start : start + len(rows)] = rows
        start += len(rows)
    written.flush()
    mapped: npt.NDArray[np.float16] = np.load(path, mmap_mode="r")
    return mapped


def true_neighbours(vectors: Vectors, queries: Vectors) -> npt.NDArray[np.int32]:
    """Return the ids of the K nearest of each query, found by comparing with all in blocks."""
    best: list[tuple[Vectors, Vectors]] = []
    for start in range(0, len(vectors), BLOCK):
        found = Exact.build(vectors[start : start + BLOCK]).query(queries, K)
        best.append((found.similarity, found.ids + start))
    similarity, ids = (np.hstack(part) for part in zip(*best, strict=True))
    order = np.argsort(-similarity, axis=1, kind="stable")[:, :K]
    nearest_ids: npt.NDArray[np.int32] = np.take_along_axis(ids, order, 1)
    return nearest_ids


# --- the libraries: build from (n, d), save, open, and return what answers one query --------------


def ours(kind: type[Exact] | type[Ivf] | type[Annoy]) -> Callable[[Vectors, Path], Answer]:
    """Return the way of one of our indexes."""

    def build(vectors: Vectors, folder: Path) -> Answer:
        kind.build(vectors).save(folder)
        index: Index = kind.load(folder, vectors)
        return lambda query: index.query(query, K).ids

    return build


def plain_faiss(factory: str) -> Callable[[Vectors, Path], Answer]:
    """Return the way of an index that faiss makes of a description."""

    def build(vectors: Vectors, folder: Path) -> Answer:
        import faiss

        rows = vectors.astype(np.float32)
        index = faiss.index_factory(D, factory, faiss.METRIC_INNER_PRODUCT)
        index.train(rows)
        index.add(rows)
        faiss.write_index(index, str(folder / "index"))
        if "IVF" in factory:
            index.nprobe = 32
        if "HNSW" in factory:
            index.hnsw.efSearch = 100
        return lambda query: index.search(query.astype(np.float32), K)[1]

    return build


def with_hnswlib(vectors: Vectors, folder: Path) -> Answer:
    """Build and open an index of hnswlib."""
    import hnswlib

    index = hnswlib.Index(space="cosine", dim=D)
    index.init_index(max_elements=len(vectors), M=16, ef_construction=100, random_seed=0)
    index.add_items(vectors.astype(np.float32))
    index.save_index(str(folder / "index"))
    index.set_ef(100)
    index.set_num_threads(1)
    return lambda query: index.knn_query(query.astype(np.float32), K)[0]


def with_usearch(vectors: Vectors, folder: Path) -> Answer:
    """Build an index of usearch and open it as a memory map."""
    from usearch.index import Index as Usearch

    index = Usearch(ndim=D, metric="cos", dtype="f32", connectivity=16, expansion_add=100)
    index.add(np.arange(len(vectors)), vectors.astype(np.float32))
    index.save(str(folder / "index"))
    view = Usearch(ndim=D, metric="cos", dtype="f32", connectivity=16, expansion_search=100)
    view.view(str(folder / "index"))
    return lambda query: view.search(query[0].astype(np.float32), K, threads=1).keys[None]


WAYS: dict[str, Callable[[Vectors, Path], Answer]] = {
    "ours: exact": ours(Exact),
    "ours: ivf": ours(Ivf),
    "annoy (50 trees)": ours(Annoy),
    "hnswlib": with_hnswlib,
    "usearch": with_usearch,
    "faiss Flat": plain_faiss("Flat"),
    "faiss IVF1024,Flat": plain_faiss("IVF1024,Flat"),
    "faiss HNSW16,Flat": plain_faiss("HNSW16,Flat"),
}


# --- measuring -----------------------------------------------------------------------------------


def measure(
    name: str, vectors: Vectors, queries: Vectors, truth: npt.NDArray[np.int32]
) -> Figures | None:
    """Build, save, open and ask; ``None`` where the library is not installed."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        folder.mkdir()
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            answer = WAYS[name](vectors, folder)
        except ImportError:
            return None
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        times, hits = ask(answer, queries, truth)
        return Figures(
            name=name,
            n=len(vectors),
            build_s=wall,
            build_cpu_s=cpu,
            disk_mb=sum(file.stat().st_size for file in folder.iterdir()) / 1e6,
            recall=hits,
            query_ms=1e3 * median(times),
        )


def ask(
    answer: Answer, queries: Vectors, truth: npt.NDArray[np.int32]
) -> tuple[list[float], float]:
    """Return the seconds of each query on one thread, and the share of true neighbours found."""
    times, hits = [], 0
    with one_thread():
        for query, true in zip(queries, truth, strict=True):
            start = time.perf_counter()
            ids = answer(query[None])
            times.append(time.perf_counter() - start)
            hits += len(np.intersect1d(ids, true))
    return times, hits / truth.size


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep faiss, on which ours and plain faiss rest, to one thread."""
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def beside_others(sizes: Sequence[int]) -> list[Figures]:
    """Measure every library at every size, and print a row for each."""
    print(f"{'':22}{'n':>10}{'build s':>9}{'CPU s':>8}{'disk MB':>9}", end="")
    print(f"{f'recall@{K}':>11}{'ms/query':>10}{'queries/s':>11}")
    figures = []
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            vectors, queries = on_disk(Path(folder), n), np.concatenate([*made(QUERIES, seed=2)])
            truth = true_neighbours(vectors, queries)
            for name in WAYS:
                one = measure(name, vectors, queries, truth)
                if one is None:
                    print(f"{name:22}{n:10,}   not installed", flush=True)
                else:
                    show(one)
                    figures.append(one)
    return figures


def show(one: Figures) -> None:
    """Print a row of the table."""
    print(f"{one.name:22}{one.n:10,}{one.build_s:9.1f}{one.build_cpu_s:8.1f}", end="")
    print(f"{one.disk_mb:9.1f}{one.recall:11.4f}{one.query_ms:10.2f}{one.per_second:11,.0f}")
    sys.stdout.flush()


def ratios(figures: Sequence[Figures]) -> dict[str, float]:
    """Return how many times faster than each other library's ours is at the largest size."""
    n = max(one.n for one in figures)
    speed = {one.name: one.per_second for one in figures if one.n == n}
    return {name: speed["ours: ivf"] / speed[name] for name in speed if name != "ours: ivf"}


def a_million() -> dict[str, Any]:
    """Measure ours at 1,000,000, on disk, in bounded memory."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        vectors, queries = on_disk(folder, MILLION), np.concatenate([*made(QUERIES, seed=2)])
        before = peak_mb()
        wall, cpu = time.perf_counter(), time.process_time()
        index = Ivf.build(vectors)
        index.save(folder / "index")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        result: dict[str, Any] = {"build_s": wall, "build_cpu_s": cpu}
        result["build_peak_mb"] = peak_mb()
        result["peak_mb_before"] = before
        result["disk_mb"] = sum(f.stat().st_size for f in (folder / "index").iterdir()) / 1e6
        del index

        start = time.perf_counter()
        opened = Ivf.load(folder / "index", vectors)
        result["open_ms"] = 1e3 * (time.perf_counter() - start)
        truth = true_neighbours(vectors, queries)
        times, result["recall"] = ask(lambda query: opened.query(query, K).ids, queries, truth)
        result["query_ms"] = 1e3 * median(times)
        result["query_ms_95"] = 1e3 * float(np.quantile(times, 0.95))

        wall, cpu = time.perf_counter(), time.process_time()
        opened.query(vectors[:GRAPH_BLOCK], GRAPH_K + 1)
        scale = MILLION / GRAPH_BLOCK
        result["graph_s_extrapolated"] = scale * (time.perf_counter() - wall)
        result["graph_cpu_s_extrapolated"] = scale * (time.process_time() - cpu)
        result["peak_mb"] = peak_mb()
    for name, value in result.items():
        print(f"{name.replace('_', ' '):32}{value:12,.4g}")
    return result


def crossing() -> list[dict[str, float]]:
    """Measure the whole graph by comparing all and by lists, index included."""
    print(
        f"graph of {GRAPH_K} {'n':>10}{'exact s':>10}{'CPU s':>8}{'ivf s':>10}{'CPU s':>8}", end=""
    )
    print(f"{f'recall@{K}':>11}{'±':>9}")
    rows = []
    for n in CROSSING_SIZES:
        vectors = np.concatenate([*made(n, seed=1)])
        row: dict[str, float] = {"n": n}
        for name, kind in (("exact", Exact), ("ivf", Ivf)):
            wall, cpu = time.perf_counter(), time.process_time()
            graph = nearest(vectors, GRAPH_K, index=kind.build(vectors))
            row[f"{name}_s"] = time.perf_counter() - wall
            row[f"{name}_cpu_s"] = time.process_time() - cpu
        found = recall(graph, vectors, k=K)
        row |= {"recall": found.share, "recall_error": found.error}
        print(f"{'':11}{n:11,}{row['exact_s']:10.1f}{row['exact_cpu_s']:8.1f}", end="")
        print(f"{row['ivf_s']:10.1f}{row['ivf_cpu_s']:8.1f}", end="")
        print(f"{found.share:11.4f}{found.error:9.4f}", flush=True)
        rows.append(row)
    return rows


def peak_mb() -> float:
    """Return the most memory that this process has held, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the figures to ``benchmarks/results/neighbours.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--million", action="store_true", help="measure ours at 1,000,000 instead")
    parser.add_argument("--crossing", action="store_true", help="measure exact and ivf graphs")
    parser.add_argument("-n", type=int, nargs="+", default=SIZES, metavar="N", help="sizes")
    options = parser.parse_args(arguments)
    result = json.loads(RESULT.read_text()) if RESULT.is_file() else {}
    result["cores"] = os.cpu_count()
    if options.million:
        result["million"] = a_million()
    if options.crossing:
        result["crossing"] = crossing()
    if not (options.million or options.crossing):
        figures = beside_others(options.n)
        result["libraries"] = [asdict(one) for one in figures]
        result["times as fast as"] = ratios(figures)
        for name, ratio in result["times as fast as"].items():
            print(f"ours: ivf answers {ratio:.2f} times as fast as {name}")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
