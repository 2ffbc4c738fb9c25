"""What the buyer's desk tells the window."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from accounts.work import Progress
from tenders import queries
from tenders.commands.return_announcement import return_announcement
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed


def titles(user):
    return [str(row.title) for row in queries.waiting_for(user, at=NOON)]


def test_a_draft_waits_for_its_officer(ingrid, arne, sara, ragnhild):
    tender = describe(ingrid)
    (row,) = queries.waiting_for(ingrid, at=NOON)
    assert (row.title, row.url) == ("Finish the announcement", f"/tenders/{tender.reference}/announcement/")
    assert tender.name in row.case
    assert titles(arne) == titles(sara) == titles(ragnhild) == []


def test_an_announcement_waits_for_its_approver_and_for_nobody_else(ingrid, arne):
    proposed(ingrid, arne)
    (row,) = queries.waiting_for(arne, at=NOON)
    assert row.title == "Approve the announcement"
    assert "Ingrid Aas asks you to approve it" in row.why
    assert titles(ingrid) == []


def test_what_came_back_tells_who_and_why(ingrid, arne):
    tender = proposed(ingrid, arne)
    return_announcement(tender_id=tender.pk, reason="Fristen er for kort.", by=arne, at=NOON)
    (row,) = queries.waiting_for(ingrid, at=NOON)
    assert (row.title, row.why) == ("Mend the announcement", "Arne Lie sent it back: Fristen er for kort.")
    assert titles(arne) == []


def test_nothing_waits_once_it_is_announced(ingrid, arne):
    announced(ingrid, arne)
    assert titles(ingrid) == titles(arne) == []


def test_the_number_of_statements_is_the_same_for_one_and_three(ingrid, arne, django_assert_num_queries):
    describe(ingrid)
    proposed(ingrid, arne)
    for _ in range(2):
        with django_assert_num_queries(10):
            assert len(queries.waiting_for(ingrid, at=NOON)) in {1, 3}
        for _ in range(2):
            describe(ingrid)
            proposed(ingrid, arne)


def test_the_announcement_page_is_linked_for_those_who_work_on_it(ingrid, arne, ragnhild, sara):
    tender = announced(ingrid, arne)
    for user, wanted in [(ingrid, True), (arne, True), (ragnhild, True), (sara, False), (AnonymousUser(), False)]:
        keys = [link.key for link in queries.facts_for(tender, user, at=NOON).links]
        assert ("announcement" in keys) is wanted


def road(tender, at=NOON):
    return [(str(step.label), step.progress, str(step.note)) for step in queries.facts_for(tender, AnonymousUser(), at=at).road]


def test_the_road_of_a_draft_starts_here(ingrid, arne):
    with translation.override("nb"):
        draft, waiting = road(describe(ingrid)), road(proposed(ingrid, arne))
    assert draft == [
        ("Utkast", Progress.NOW, ""),
        ("Godkjenning og kunngjøring", Progress.NEXT, ""),
        ("Idéskisse", Progress.NEXT, "til 1. oktober"),
        ("Tre finalister", Progress.NEXT, "5. november"),
        ("Utviklet skisse", Progress.NEXT, "for dem som blir valgt"),
        ("Én vinner", Progress.NEXT, "4. februar 2027"),
    ]
    assert [step[1] for step in waiting[:2]] == [Progress.DONE, Progress.NOW]


@pytest.mark.parametrize(("days", "progress"), [(0, Progress.NOW), (31, Progress.DONE)])
def test_the_road_of_an_announced_tender_follows_the_clock(ingrid, arne, days, progress):
    with translation.override("nb"):
        steps = road(announced(ingrid, arne), NOON + timedelta(days=days))
    assert steps[0] == ("Kunngjort", Progress.DONE, "1. september")
    assert steps[1][:2] == ("Idéskisse", progress)
