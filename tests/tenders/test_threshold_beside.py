"""Two announcements side by side: what is found in each, and what it costs to take part."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from accounts.roles import Role
from tenders.commands.accept_threshold_finding import accept_threshold_finding
from tenders.commands.copy_tender import copy_tender
from tenders.commands.mend_threshold_finding import mend_threshold_finding
from tenders.threshold_beside import beside
from tests.conftest import NOON
from tests.tenders_made import describe
from tests.thresholds_made import demand, findings_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid):
    """A draft with two demands that rules find."""
    made = describe(ingrid)
    demand(made, ingrid, kind="turnover")
    demand(made, ingrid, kind="references")
    return made


@pytest.fixture
def mended(tender, ingrid):
    """Its copy, where one is mended and the other stands with a reason."""
    made = copy_tender(origin_id=tender.pk, name="Rettet", unit=tender.unit, by=ingrid, at=NOON)
    turnover, references = findings_of(made)
    mend_threshold_finding(tender_id=made.pk, finding=turnover.key, by=ingrid, at=NOON)
    accept_threshold_finding(tender_id=made.pk, finding=references.key, reason="Vi må vite det.", by=ingrid, at=NOON)
    return made


@pytest.fixture
def officer(ingrid, clock_at):
    clock_at(NOON)
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    browser = Client()
    browser.force_login(ingrid)
    return browser


def path(tender, other=""):
    return f"/tenders/{tender.reference}/threshold/compare/{f'?other={other}' if other else ''}"


def test_each_rule_says_what_it_finds_in_each(tender, mended):
    both = beside([tender, mended], at=NOON)
    found = {one.rule.key: [[row.reason if row else "" for _finding, row in seen] for _tender, seen in one.sides] for one in both.both}
    assert found == {"turnover": [[""], []], "same_buyer": [[""], ["Vi må vite det."]]}
    figures = {str(row.label): row.sides for row in both.figures}
    # 4.75 h for the sketch, 0.5 h for the turnover, 3 x 0.5 h for the references
    assert figures["Hours to take part, by the usual figures"] == ["6.75", "6.25"]
    assert figures["Findings"] == ["2", "1"] and figures["Requirements"] == ["2", "1"]


def test_the_page_offers_what_it_was_copied_from_first(tender, mended, officer, ingrid):
    describe(ingrid, name="En helt annen")
    page = officer.get(path(mended)).content.decode()
    options = page.split("<select")[1].split("</select>")[0]
    assert options.index(tender.reference) < options.index("En helt annen") and mended.reference not in options
    page = officer.get(path(mended, tender.reference)).content.decode()
    assert "A turnover is required" in page and "Nothing found" in page and "Vi må vite det." in page


def test_what_one_may_not_read_is_as_what_does_not_exist(tender, officer, with_role):
    nordland = Unit.objects.get(name="Nav Nordland")
    hidden = describe(with_role("Nils Moe", Role.OFFICER, nordland), unit=nordland, name="Hemmelig utkast")
    for reference in (hidden.reference, "2026-999", "\0", "x" * 1000):
        page = officer.get(path(tender), {"other": reference})
        assert page.status_code == 200
        assert "Hemmelig" not in page.content.decode() and "In figures" not in page.content.decode()


def test_alone_it_says_how_to_get_another(tender, officer):
    assert "No other announcement" in officer.get(path(tender)).content.decode()


def test_the_page_asks_no_more_for_more_findings(tender, mended, officer, ingrid):
    officer.get(path(mended, tender.reference))
    with CaptureQueriesContext(connection) as few:
        officer.get(path(mended, tender.reference))
    demand(tender, ingrid, kind="premises")
    demand(tender, ingrid, kind="years")
    with CaptureQueriesContext(connection) as many:
        officer.get(path(mended, tender.reference))
    assert len(many) == len(few)
