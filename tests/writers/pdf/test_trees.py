"""Page tree and parent tree over any number of pages."""

from __future__ import annotations

import re
from itertools import count

import pytest

from gyomu_docs.writers.pdf.trees import PageTree, ParentTree


def _integers(text: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"(\d+) 0 R", text)]


@pytest.mark.parametrize("pages", [1, 32, 33, 1024, 1025, 3000])
def test_page_tree_is_balanced_and_in_order(pages: int) -> None:
    objects: dict[int, bytes] = {}
    tree = PageTree(count(100_000).__next__)
    parents = {number: tree.add_page(number) for number in range(1, pages + 1)}
    root = tree.finish(objects.__setitem__)

    def walk(number: int, depth: int) -> list[tuple[int, int]]:
        body = objects[number]
        kids = _integers(body.partition(b"/Kids")[2])
        assert len(kids) <= 32
        leaves = []
        for kid in kids:
            if kid in objects:
                assert f"/Parent {number} 0 R".encode() in objects[kid]
                leaves += walk(kid, depth + 1)
            else:
                assert parents[kid] == number
                leaves.append((kid, depth))
        assert f"/Count {len(leaves)}/".encode() in body
        return leaves

    leaves = walk(root, 0)
    assert [number for number, _ in leaves] == list(range(1, pages + 1))
    assert len({depth for _, depth in leaves}) == 1
    assert b"/Parent" not in objects[root]


def test_page_tree_without_pages() -> None:
    with pytest.raises(ValueError, match="page"):
        PageTree(count(1).__next__).finish(lambda number, body: None)


@pytest.mark.parametrize("pages", [1, 64, 65, 200])
def test_parent_tree_leads_from_keys_to_arrays(pages: int) -> None:
    objects: dict[int, bytes] = {}
    tree = ParentTree(count(100_000).__next__, objects.__setitem__)
    assert [tree.add(1000 + page) for page in range(pages)] == list(range(pages))
    assert tree.next_key == pages
    found: dict[int, int] = {}
    for leaf in _integers(tree.finish()):
        limits = re.match(rb"<</Limits\[(\d+) (\d+)\]/Nums", objects[leaf])
        assert limits
        pairs = re.findall(rb"(\d+) (\d+) 0 R", objects[leaf])
        keys = [int(key) for key, _ in pairs]
        assert [int(limits[1]), int(limits[2])] == [keys[0], keys[-1]]
        assert len(keys) <= 64
        found |= {int(key): int(array) for key, array in pairs}
    assert found == {page: 1000 + page for page in range(pages)}


def test_full_leaves_of_the_parent_tree_are_handed_over_at_once() -> None:
    objects: dict[int, bytes] = {}
    tree = ParentTree(count(100_000).__next__, objects.__setitem__)
    for page in range(64):
        tree.add(page)
    assert len(objects) == 1
