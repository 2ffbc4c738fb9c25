"""A tender that is open for sketches, and refusals in the language of the source."""

import pytest
from django.utils import translation

from tests.tenders_made import announced


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)
