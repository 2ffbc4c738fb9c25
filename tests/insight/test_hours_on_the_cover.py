"""How many hours suppliers used, on the cover page of those who prepare and audit the tender."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from accounts.page_parts import Fact
from insight.hours import hours_of
from suppliers.commands.tell_hours_spent import tell_hours_spent
from tests.stages_made import handed_in, open_together
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db


def opened(ingrid, arne, answers):
    """A tender with six sketches, opened, where so many have answered «10–19 timer»."""
    tender = announced(ingrid, arne)
    rows = handed_in(tender, 6)
    at = open_together(tender, ingrid, arne).opened_at + timedelta(minutes=5)
    for row in rows[:answers]:
        tell_hours_spent(submission_id=row.pk, lowest=10, by=row.started_by, at=at)
    return tender, at + timedelta(minutes=5)


def cover_for(user, tender):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(f"/tenders/{tender.reference}/").content.decode()


def test_those_who_prepare_and_audit_see_the_figure_and_nobody_else(ingrid, arne, ragnhild, sara, sindre, clock_at):
    tender, at = opened(ingrid, arne, 5)
    clock_at(at)
    User.objects.update(language="en")
    for user in (ingrid, arne, ragnhild):
        page = cover_for(user, tender)
        assert "Hours the suppliers used" in page and "15 hours" in page and "5 answers" in page and "10–19 hours" in page
    for user in (sara, sindre, None):
        assert "Hours the suppliers used" not in cover_for(user, tender)


def test_of_fewer_than_five_not_even_the_number_is_told(ingrid, arne, clock_at):
    pages = []
    for answers in (0, 4):
        tender, at = opened(ingrid, arne, answers)
        clock_at(at)
        page = cover_for(ingrid, tender).partition('id="h-hours"')[2].partition("</section>")[0]
        assert "Færre enn fem har svart" in page
        pages.append(page)
    assert pages[0] == pages[1]


def test_before_the_opening_nothing_is_there(ingrid, arne, clock_at):
    tender = announced(ingrid, arne)
    rows = handed_in(tender, 6)
    at = tender.announced_at + timedelta(days=6)
    for row in rows:
        tell_hours_spent(submission_id=row.pk, lowest=10, by=row.started_by, at=at)
    clock_at(at)
    assert hours_of(tender, ingrid, estimated=Decimal(9), at=at) == []
    assert 'id="h-hours"' not in cover_for(ingrid, tender)


def test_what_it_was_thought_to_take_stands_beside(ingrid, arne):
    tender, at = opened(ingrid, arne, 5)
    stage = tender.stages.get(no=1)
    [shown] = hours_of(tender, ingrid, estimated=Decimal("9.25"), at=at)
    assert shown.name == stage.name
    assert shown.facts[-1] == Fact("Estimated", "9 hours", "By the threshold check")
    assert hours_of(tender, AnonymousUser(), estimated=Decimal(9), at=at) == []
