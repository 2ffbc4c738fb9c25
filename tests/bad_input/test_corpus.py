"""Every id of the corpus is tested where the corpus says it is."""

from pathlib import Path

import pytest

from tests.bad_input.corpus import HOSTILE, REDIRECTS, REFUSED, TESTED
from tests.bad_input.sending import PLACES

ROOT = Path(__file__).parents[2]


def test_everything_typed_has_a_place_where_it_is_tested():
    assert {bad.id for bad in REFUSED} | set(HOSTILE) | set(REDIRECTS) <= set(TESTED)
    assert {bad.place for bad in REFUSED} <= set(PLACES)
    assert all(bad.says and bad.typed for bad in REFUSED)


@pytest.mark.parametrize("key", TESTED)
def test_the_tests_that_are_named_exist(key):
    for place in TESTED[key]:
        file, _, name = place.partition("::")
        assert (ROOT / file).is_file(), place
        assert not name or f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), place
