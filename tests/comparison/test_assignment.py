"""The best set of pairs, against trying all of them."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.comparison import assignment
from gyomu_docs.comparison.assignment import Rival, assign, rivals

weights = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.01, 2.0), max_size=20
)


def total(chosen: dict[int, int], given: dict[tuple[int, int], float]) -> float:
    return sum(given[pair] for pair in chosen.items())


@settings(max_examples=200, deadline=None)
@given(weights)
def test_no_other_pairs_weigh_more(given: dict[tuple[int, int], float]) -> None:
    chosen = assign(given)

    assert set(chosen.items()) <= set(given)
    assert len(set(chosen.values())) == len(chosen)
    best = max(
        sum(given.get((old, new), 0.0) for old, new in enumerate(order))
        for order in itertools.permutations(range(6))
    )
    assert abs(total(chosen, given) - best) < 1e-9


def test_one_excellent_pair_is_not_given_up_for_two_poor_ones() -> None:
    assert assign({(0, 0): 1.0, (0, 1): 0.3, (1, 0): 0.3}) == {0: 0}


def test_two_good_pairs_are_better_than_the_best_one() -> None:
    assert assign({(0, 0): 1.0, (0, 1): 0.9, (1, 0): 0.9}) == {0: 1, 1: 0}


def test_many_items_are_paired_best_first() -> None:
    many = assignment._MOST_FOR_OPTIMUM + 1
    given = {(old, new): 2.0 if old == new else 1.0 for old in range(many) for new in range(many)}

    assert assign(given) == {at: at for at in range(many)}


def test_a_free_item_that_fits_as_well_is_a_rival() -> None:
    given = {(0, 0): 1.0, (0, 1): 0.99}

    assert list(rivals(assign(given), given)) == [Rival(0, 0, other_new=1)]


def test_an_exchange_that_fits_as_well_is_a_rival() -> None:
    given = {(0, 0): 1.0, (1, 1): 1.0, (0, 1): 1.0, (1, 0): 0.99}

    found = list(rivals({0: 0, 1: 1}, given))

    assert found == [Rival(0, 0, other_new=1), Rival(1, 1, other_new=0)]


def test_a_clear_choice_has_no_rival() -> None:
    given = {(0, 0): 1.0, (1, 1): 1.0, (0, 1): 0.6, (1, 0): 0.6}

    assert list(rivals(assign(given), given)) == []
