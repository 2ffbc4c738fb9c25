"""With nothing and with several sketches handed in, pages of those at Nav are the same bytes until the stage is opened."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from tests.conftest import NOON
from tests.pages import masked
from tests.stages_made import MARKER, drafted, firm, from_when, handed_in
from tests.tenders_made import announced


def seen(readers, reference, at, monkeypatch):
    """Every page of the case and of the house, by reader."""
    monkeypatch.setattr(clock, "now", lambda: at)
    parts = ("", "questions/", "journal/", "opening/", "announcement/")
    paths = ["/", "/my/", "/tenders/", "/tenders/?q=prøveplass", "/journal/", "/journal/?check=1", "/journal/?event=refused", "/suppliers/"]
    paths += [f"/tenders/{reference}/{part}" for part in parts]
    found = {}
    for reader in readers:
        client = Client()
        if reader:
            client.force_login(reader)
        found |= {(reader and reader.first_name, path): masked(client.get(path)) for path in paths}
    return found


@pytest.mark.parametrize("deadline_has_passed", [False, True])
def test_nobody_at_nav_can_tell_whether_anything_is_handed_in(ingrid, arne, ragnhild, per, admin, sindre, deadline_has_passed, monkeypatch):
    tender = announced(ingrid, arne)
    readers = [None, ingrid, arne, ragnhild, per, admin]
    # The firms are there in both cases: that an organisation exists is public
    with_firms(6)
    at = from_when(tender) if deadline_has_passed else NOON + timedelta(days=20)
    empty = seen(readers, tender.reference, at, monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=5))
    handed_in(tender, 4)
    drafted(tender, 4)
    full = seen(readers, tender.reference, at, monkeypatch)
    assert [key for key in empty if empty[key] != full[key]] == []
    assert MARKER not in "".join(full.values())
    assert full["Ingrid", "/my/"].startswith("200 ") and full["Ragnhild", "/journal/"].startswith("200 ")


def with_firms(number):
    for no in range(number):
        firm(no)
