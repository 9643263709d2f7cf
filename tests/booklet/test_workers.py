"""The same bytes from any executor and whatever is in the cache; workers that fail."""

from __future__ import annotations

import os
import pickle
import shutil
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

import gyomu_docs
from gyomu_docs.booklet.cache import Cache, load
from gyomu_docs.booklet.setting import Outcome
from gyomu_docs.errors import MissingGlyphError, OutputError
from gyomu_docs.model import Edition, SourcedSheet
from gyomu_docs.writers.pdf import ObjectStream
from tests.support.booklets import R3, placed_sheet

SavePdf = Callable[[bytes], Path]

EDITION = Edition(
    (
        *gyomu_docs.read(R3)[0].entries,
        *(
            SourcedSheet(placed_sheet(f"{n}", unit=f"第{n % 3}部 課"), f"{n}.yaml")
            for n in range(9)
        ),
    )
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The booklet as one process makes it."""
    return booklet(tmp_path_factory.mktemp("alone"))


def booklet(folder: Path, executor: Executor | None = None, cache: Path | None = None) -> bytes:
    out = folder / "booklet.pdf"
    gyomu_docs.write_booklet(EDITION, out, executor=executor, cache=cache)
    return out.read_bytes()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes_give_the_same_bytes(
    tmp_path: Path, alone: bytes, save_pdf: SavePdf, jobs: int
) -> None:
    with ProcessPoolExecutor(jobs) as executor:
        made = booklet(tmp_path, executor)
    assert made == alone
    if jobs == 2:
        save_pdf(made)


def test_threads_give_the_same_bytes(tmp_path: Path, alone: bytes) -> None:
    with ThreadPoolExecutor(3) as executor:
        assert booklet(tmp_path, executor) == alone


def test_the_workers_of_a_dask_cluster_give_the_same_bytes(tmp_path: Path, alone: bytes) -> None:
    with dask_executor(tmp_path) as executor:
        assert booklet(tmp_path, executor) == alone


@contextmanager
def dask_executor(folder: Path) -> Iterator[Executor]:
    """A scheduler with two worker processes on this machine, as a user of Dask starts it."""
    cluster = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",  # any free port
        local_directory=str(folder),
    )
    with cluster, Client(cluster) as client:
        yield client.get_executor()


# -- cache


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory, alone: bytes) -> Path:
    """A cache that holds the booklet."""
    folder = tmp_path_factory.mktemp("cache")
    assert booklet(tmp_path_factory.mktemp("cold"), cache=folder) == alone
    return folder


def cached(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_warm_cache_sets_no_sheet(
    tmp_path: Path, alone: bytes, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in cached(warm)}
    monkeypatch.setattr("gyomu_docs.booklet.setting.SheetSetter.set", None)
    assert booklet(tmp_path, cache=warm) == alone
    assert {path: path.read_bytes() for path in cached(warm)} == before


def test_processes_and_a_warm_cache(tmp_path: Path, alone: bytes, warm: Path) -> None:
    for path in cached(warm)[::3]:
        path.unlink()
    with ProcessPoolExecutor(2) as executor:
        assert booklet(tmp_path, executor, warm) == alone


class Touch:
    """Unpickled, it would make a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._path),)


def spoilt(path: Path, way: str, trap: Path) -> bytes:
    data = path.read_bytes()
    middle = len(data) // 2
    return {
        "garbage": b"\x00garbage\xff" * 50,
        "empty": b"",
        "cut": data[:middle],
        "a bit": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "another value": sealed(pickle.dumps({"part": 1})),
        "an outcome of nothing": sealed(pickle.dumps(Outcome(None, b"", None))),
        "a program": sealed(pickle.dumps(Touch(trap))),
    }[way]


def sealed(data: bytes) -> bytes:
    """As the cache writes it."""
    return zlib.crc32(data).to_bytes(4, "big") + data


@pytest.mark.parametrize(
    "way",
    ["garbage", "empty", "cut", "a bit", "another value", "an outcome of nothing", "a program"],
)
def test_a_broken_cache_is_ignored(tmp_path: Path, alone: bytes, warm: Path, way: str) -> None:
    trap = tmp_path / "trap"
    for path in cached(warm):
        path.write_bytes(spoilt(path, way, trap))
    assert booklet(tmp_path, cache=warm) == alone
    assert not trap.exists()


# -- structures, which lie beside what they belong to


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds the booklet and nothing else, to be copied."""
    folder = tmp_path_factory.mktemp("untouched")
    booklet(tmp_path_factory.mktemp("first"), cache=folder)
    return folder


@pytest.fixture
def own(tmp_path: Path, untouched: Path) -> Path:
    """A cache that holds the booklet and is for one test alone."""
    return shutil.copytree(untouched, tmp_path / "cache")


def structures(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in cached(folder) if path.match("*-structure")}


def placed(folder: Path, structure: Path) -> list[Path]:
    """The packed structures of a sheet; the other parts of a booklet have none."""
    beside = structure.name.removesuffix("structure")
    return [path for path in structure.parent.glob(f"{beside}*") if path != structure]


def lose(path: Path, way: str, trap: Path) -> None:
    if way == "missing":
        path.unlink()
    else:
        path.write_bytes(spoilt(path, way, trap))


LOSSES = ["missing", "garbage", "empty", "cut", "a bit", "another value", "a program"]


@pytest.mark.parametrize("way", LOSSES)
def test_a_structure_that_was_lost_is_made_anew(
    tmp_path: Path, alone: bytes, own: Path, way: str
) -> None:
    before = structures(own)
    for path in before:
        for packed in placed(own, path):
            packed.unlink()
        lose(path, way, tmp_path / "trap")

    assert booklet(tmp_path, cache=own) == alone
    assert structures(own) == before
    assert not (tmp_path / "trap").exists()


@pytest.mark.parametrize("way", LOSSES)
def test_a_sheet_that_keeps_its_place_needs_no_structure(
    tmp_path: Path, alone: bytes, own: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [path for path in structures(own) if placed(own, path)]
    assert len(sheets) >= len(EDITION)
    for path in sheets:
        lose(path, way, tmp_path / "trap")

    monkeypatch.setattr("gyomu_docs.booklet.setting.SheetSetter.set", None)
    monkeypatch.setattr("gyomu_docs.booklet.build.set_section", None)
    assert booklet(tmp_path, cache=own) == alone
    assert not (tmp_path / "trap").exists()


@pytest.mark.parametrize("way", LOSSES)
def test_another_part_whose_structure_was_lost_is_set_anew(
    tmp_path: Path, alone: bytes, own: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = structures(own)
    parts = [path for path in before if not placed(own, path)]
    assert len(parts) >= 3  # contents, plan, index at the least
    for path in parts:
        lose(path, way, tmp_path / "trap")

    monkeypatch.setattr("gyomu_docs.booklet.setting.SheetSetter.set", None)
    assert booklet(tmp_path, cache=own) == alone
    assert structures(own) == before
    assert not (tmp_path / "trap").exists()


def test_processes_and_a_cache_that_lost_its_structures(
    tmp_path: Path, alone: bytes, own: Path
) -> None:
    for path in structures(own):
        for lost in (path, *placed(own, path)):
            lost.unlink()
    with ProcessPoolExecutor(2) as executor:
        assert booklet(tmp_path, executor, own) == alone


@pytest.mark.parametrize(
    "name",
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("gyomu_docs.booklet.cache", "io.FileIO"),
        ("gyomu_docs.booklet.cache", "os.mkdir"),
        ("gyomu_docs.booklet.cache", "Path"),
        ("gyomu_docs.booklet.cache", "load"),
    ],
)
def test_only_our_own_values_are_unpickled(name: tuple[str, str]) -> None:
    module, what = name
    head = b"\x80\x04" + b"".join(
        b"\x8c" + bytes([len(part)]) + part.encode() for part in (module, what)
    )
    with pytest.raises(pickle.UnpicklingError, match="is not kept in a cache"):
        load(head + b"\x93.")


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, alone: bytes) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("これはフォルダーではない", "utf-8")
    assert booklet(tmp_path, cache=blocked / "cache") == alone
    cache = Cache(blocked / "cache")
    assert cache.notices() == []
    cache.keep_placed("ab12", 512, ())
    (notice,) = cache.notices()
    assert str(notice).startswith(f"{blocked / 'cache'}: 組んだシートを取っておけません（")


def test_a_changed_sheet_is_set_anew(tmp_path: Path, warm: Path) -> None:
    entries = list(EDITION.entries)
    entries[5] = SourcedSheet(entries[5].sheet.model_copy(update={"title": "改題"}), "changed")
    changed = Edition(tuple(entries))
    gyomu_docs.write_booklet(changed, tmp_path / "cached.pdf", cache=warm)
    gyomu_docs.write_booklet(changed, tmp_path / "plain.pdf")
    assert (tmp_path / "cached.pdf").read_bytes() == (tmp_path / "plain.pdf").read_bytes()


def test_a_cache_finds_what_it_keeps(tmp_path: Path) -> None:
    kept, packed = Cache(tmp_path), (ObjectStream(512, 1, 4, b"data"),)
    assert kept.find_placed("ab12", 512) is None
    kept.keep_placed("ab12", 512, packed)
    assert kept.find_placed("ab12", 512) == packed
    assert kept.find_placed("ab12", 1024) is None


def test_a_cache_that_grew_too_large_loses_its_oldest_files(tmp_path: Path) -> None:
    kept, packed = Cache(tmp_path), (ObjectStream(512, 1, 4, bytes(1000)),)
    keys = ["ab" + letter * 62 for letter in "012"]
    for age, key in enumerate(keys):
        kept.keep_placed(key, 512, packed)
        os.utime(tmp_path / "ab" / f"{key[2:]}-512", (1000 - age, 1000 - age))
    (tmp_path / "ab" / "notes.txt").write_bytes(bytes(5000))

    kept.trim(2500)

    found = [kept.find_placed(key, 512) for key in keys]
    assert found == [packed, packed, None]
    assert (tmp_path / "ab" / "notes.txt").exists()


def test_parts_that_do_not_change_are_not_set_again(
    tmp_path: Path, warm: Path, alone: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    booklet(tmp_path, cache=warm)
    monkeypatch.setattr("gyomu_docs.booklet.build.set_section", None)
    assert booklet(tmp_path, cache=warm) == alone


# -- sheets that fail


def test_sheets_that_fail_name_themselves_from_any_process(tmp_path: Path) -> None:
    bad = SourcedSheet(placed_sheet("77", goal="\U0001f600\U0001f601"), "bad.yaml")
    edition = Edition((*EDITION.entries, bad))
    out = tmp_path / "out.pdf"
    with ProcessPoolExecutor(2) as processes:
        for executor in (None, processes):
            with pytest.raises(MissingGlyphError) as raised:
                gyomu_docs.write_booklet(edition, out, executor=executor)
            assert (raised.value.place.file, raised.value.place.sheet) == ("bad.yaml", "No.77 名77")
            assert not out.exists()
            report = gyomu_docs.write_booklet(edition, out, executor=executor, keep_going=True)
            assert [str(error) for error in report.failures] == [str(raised.value)]
            assert len(report.book.sheets) == len(EDITION)
            out.unlink()


def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    dying = ProcessPoolExecutor(1, initializer=os._exit, initargs=(3,))
    with dying as executor, pytest.raises(OutputError, match="途中で止まりました"):
        booklet(tmp_path, executor)
    assert list(tmp_path.iterdir()) == []
