"""Code names say nothing but that they are different."""

import hashlib

from evaluation.code_names import PLANTS, draw_code_names, number_of
from evaluation.ledger import root_hash


def test_there_are_enough_different_plants():
    assert len(set(PLANTS)) == len(PLANTS) == 120


def test_numbers_are_one_to_n_each_once_and_plants_differ():
    names = draw_code_names(56)
    assert sorted(number_of(name) for name in names) == list(range(1, 57))
    assert len({name.split(maxsplit=1)[1] for name in names}) == 56


def test_the_order_is_drawn_anew():
    """Two draws of 56 are the same with a chance of one in 56 factorial."""
    assert draw_code_names(56) != draw_code_names(56)
    assert [number_of(name) for name in draw_code_names(56)] != list(range(1, 57))


def test_more_submissions_than_plants_still_get_names_of_their_own():
    names = draw_code_names(250)
    assert len(set(names)) == 250
    assert max(len(name) for name in names) <= 40


def test_nobody_handed_in():
    assert draw_code_names(0) == []


def test_the_root_is_what_sort_and_sha256sum_give():
    assert root_hash(["b" * 64, "a" * 64]) == hashlib.sha256(f"{'a' * 64}\n{'b' * 64}\n".encode()).hexdigest()
    assert root_hash([]) == hashlib.sha256(b"").hexdigest()
    assert root_hash(["a" * 64]) != root_hash(["a" * 64, "a" * 64])
