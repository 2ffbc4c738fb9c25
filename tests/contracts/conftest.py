"""A tender at the stops where contracts are made, reached by the real commands."""

import pytest

from tests.contracts_made import milestones_of, parties, signed
from tests.settled_made import cast_of, first_stage_answered, second_stage_answered, settled, stage_no
from tests.tenders_made import announced


@pytest.fixture
def nav(ingrid, arne, with_role):
    return parties(ingrid, arne, with_role)


@pytest.fixture
def cast(ingrid, arne, with_role):
    return cast_of(ingrid, arne, with_role)


@pytest.fixture
def stage(cast):
    """The first stage of four sketches: three are selected and everybody has their letter; the standstill runs."""
    return first_stage_answered(announced(cast.ingrid, cast.arne), cast)


@pytest.fixture
def settled_stage(stage, cast):
    return settled(stage, cast.ingrid, cast.arne)


@pytest.fixture
def finalists(settled_stage, nav):
    """Three finalist agreements that run; the second stage is open."""
    return signed(settled_stage, nav)


@pytest.fixture
def second(finalists):
    return stage_no(finalists[0].tender, 2)


@pytest.fixture
def milestone(finalists):
    """The developed sketch of the first finalist."""
    return milestones_of(finalists[0])[0]


@pytest.fixture
def last_stage(finalists, cast):
    """The second stage, with a winner, settled: the tender is decided."""
    return settled(second_stage_answered(finalists[0].tender, cast), cast.ingrid, cast.arne)


@pytest.fixture
def development(last_stage, nav):
    """The development contract, signed by both; its milestones are not planned."""
    (contract,) = signed(last_stage, nav)
    return contract
