"""The demo's clock is read anew by every test."""

import pytest

from demo.clock_shift import forget_shift


@pytest.fixture(autouse=True)
def _no_kept_shift():
    forget_shift()
    yield
    forget_shift()
