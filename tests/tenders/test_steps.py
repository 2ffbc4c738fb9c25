"""The announcement step by step: what is done, what is missing, and on to the next part."""

import pytest
from django.test import Client

from tenders.forms.sections import SECTION_NAMES
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import describe

KEYS = list(SECTION_NAMES)


@pytest.fixture
def officer(ingrid):
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    browser = Client()
    browser.force_login(ingrid)
    return browser


def path(tender, section=""):
    return f"/tenders/{tender.reference}/announcement/{section}{'/' if section else ''}"


def test_the_parts_stand_in_order_with_what_is_missing(officer, ingrid):
    tender = describe(ingrid, heading="", cpv=[])
    page = officer.get(path(tender)).content.decode()
    assert "8 of 10 parts are done" in page
    assert [page.index(path(tender, key)) for key in KEYS] == sorted(page.index(path(tender, key)) for key in KEYS)
    assert "Choose a CPV code. It says what is bought, and suppliers find the tender by it." in page
    assert "Go on with «The need»" in page


def test_when_nothing_is_missing_there_is_nothing_to_go_on_with(officer, ingrid):
    page = officer.get(path(describe(ingrid))).content.decode()
    assert "10 of 10 parts are done" in page and "Go on with" not in page


@pytest.mark.parametrize(("section", "following"), [*zip(KEYS, [*KEYS[1:], ""], strict=True)])
def test_saving_leads_to_the_next_part_or_back(officer, ingrid, section, following):
    tender = describe(ingrid)
    shown = officer.get(path(tender, section)).content.decode()
    assert f"Part {KEYS.index(section) + 1} of 10" in shown
    assert ("Save and go to the next part" in shown) == bool(following)
    for do, goes_to in (({"do": "next"}, path(tender, following)), ({}, path(tender))):
        tender.refresh_from_db()
        data = typed(tender, section).data
        data.update(do)
        assert officer.post(path(tender, section), data).headers["Location"] == goes_to
