"""«My work»: what waits, by when, for every role; and nothing about what is sealed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from accounts import clock
from accounts.commands.end_role import end_role
from accounts.work import Waiting
from insight import my_work
from tenders.commands.ask_question import ask_question
from tests.conftest import NOON
from tests.submissions_made import drafted
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe, proposed

TODAY, SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(days=2), NOON + timedelta(days=20)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def row(title="Answer", due=None, opens=None):
    return Waiting(title, "Unge på vei til jobb", "/tenders/2026-001/", "", "Answer", "/x/", due_at=due, open_from=opens)


def grouped(rows):
    return [(group.heading, [item.title for item in group.items]) for group in my_work.groups(rows, at=NOON)]


def test_rows_stand_by_when_with_the_late_ones_first():
    rows = [
        row("f"),
        row("e", LATER),
        row("d", SOON),
        row("c", LATER, TODAY + timedelta(hours=1)),
        row("b", TODAY),
        row("a", NOON - timedelta(days=3)),
    ]
    assert grouped(rows) == [("Today", ["a", "b", "c"]), ("The next seven days", ["d"]), ("Later", ["e"]), ("Without a deadline", ["f"])]


def test_the_seventh_day_ends_at_midnight_in_norway():
    seventh_late = (NOON + timedelta(days=7)).replace(hour=21, minute=59)
    rows = [row("a", seventh_late), row("b", seventh_late + timedelta(minutes=1))]
    assert grouped(rows) == [("The next seven days", ["a"]), ("Later", ["b"])]


def test_tomorrow_is_soon_on_a_sunday_too():
    sunday = NOON + timedelta(days=6 - NOON.weekday())
    (group,) = my_work.groups([row("a", sunday + timedelta(days=1))], at=sunday)
    assert (group.heading, group.items[0].when) == ("The next seven days", f"Monday {(sunday + timedelta(days=1)).day}")


def test_what_opens_in_more_than_seven_days_is_not_work_yet():
    seven = NOON + timedelta(days=7)
    rows = [row("due far ahead", LATER), row("opens in a week", opens=seven), row("opens later", opens=seven + timedelta(seconds=1))]
    assert [one.title for one in my_work.near(rows, at=NOON)] == ["due far ahead", "opens in a week"]


def test_what_is_only_to_know_is_shown_and_not_counted():
    known = replace(row("The sketch is handed in", TODAY), only_to_know=True)
    assert my_work.heading([known]) == "Nothing is waiting for you"
    assert my_work.lead([known], at=NOON) == "When something needs you, it stands here with the date."
    assert grouped([known, row("Answer")]) == [("Without a deadline", ["Answer"]), ("Good to know", ["The sketch is handed in"])]
    assert my_work.heading([known, row()]) == "One case is waiting for you"


def test_what_cannot_be_done_yet_says_from_when_and_has_no_button():
    (group,) = my_work.groups([row("Open", opens=TODAY)], at=NOON)
    assert (group.items[0].href, group.items[0].blocked, group.items[0].soon) == ("", "Can be done from at 13:00", False)
    (group,) = my_work.groups([row("Open", opens=NOON - timedelta(hours=1))], at=NOON)
    assert (group.heading, group.items[0].href, group.items[0].blocked) == ("Today", "/x/", "")


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "Ingenting venter på deg"), (1, "Én sak venter på deg"), (5, "Fem saker venter på deg"), (14, "14 saker venter på deg")],
)
def test_the_heading_counts_in_words(number, words):
    with translation.override("nb"):
        assert my_work.heading([row()] * number) == words


def test_the_lead_names_what_is_urgent_today():
    with translation.override("nb"):
        assert my_work.lead([row("Svar på to spørsmål", TODAY)], at=NOON) == "Den første haster: svar på to spørsmål før kl. 13.00."
        assert my_work.lead([row("Svar", NOON - timedelta(days=1))], at=NOON) == "Den første er på overtid: svar."
        assert my_work.lead([row("Svar", LATER)], at=NOON) == ""


def test_the_lead_names_the_row_that_stands_first():
    since_long = row("Åpne skissene", opens=NOON - timedelta(days=9))
    late = row("Svar", NOON - timedelta(days=1))
    with translation.override("nb"):
        assert [one.when for one in my_work.groups([since_long, late], at=NOON)[0].items] == ["31. august", "siden 23. august"]
        assert my_work.groups([since_long, late], at=NOON)[0].items[0].title == "Svar"
        assert my_work.lead([since_long, late], at=NOON) == "Den første er på overtid: svar."
        assert my_work.lead([since_long], at=NOON) == ""


def test_the_count_of_stops_is_the_same_through_a_life(client, ingrid, arne):
    for tender in (describe(ingrid), proposed(ingrid, arne), announced(ingrid, arne)):
        client.force_login(ingrid)
        (far,) = [case.far for case in client.get("/my/").context["cases"] if case.tender == tender]
        assert (far.done, far.total) == ({"draft": 1, "awaiting_approval": 2, "announced": 3}[tender.phase], 8)


def test_an_officer_sees_drafts_questions_openings_and_the_tenders(client, ingrid, arne, sara):
    open_one = announced(ingrid, arne, name="Kaffe på jobben")
    describe(ingrid, name="Det nye behovet")
    proposed(ingrid, arne, name="Til godkjenning")
    ask_question(tender_id=open_one.pk, text="Hva koster det?", by=sara, at=NOON - timedelta(days=1))
    client.force_login(ingrid)
    page = text_of(client.get("/my/"))
    for words in (
        "Tre saker venter på deg",
        "Svar på ett spørsmål",
        "Oppnevn panelet",
        "Det nye behovet",
        "Arne Lie skal godkjenne kunngjøringen",
        "600 000 kr",
    ):
        assert words in page
    assert "Frist 1. oktober" in page and "Skal kunngjøres" in page
    assert "Åpne skissene sammen" not in page
    assert page.count('data-variant="primary"') == 1


def test_the_opening_stands_there_from_seven_days_before(client, ingrid, arne, monkeypatch):
    opens = announced(ingrid, arne).stages.get(no=1).may_be_opened_from
    client.force_login(ingrid)
    for moment, shown in ((opens - timedelta(days=7, seconds=1), False), (opens - timedelta(days=7), True)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        page = text_of(client.get("/my/"))
        assert ("Åpne skissene sammen med Arne Lie" in page) is shown
        assert ("To saker venter på deg" in page) is shown


def test_a_tender_that_is_not_open_yet_says_when_it_opens(client, ingrid, arne):
    announced(ingrid, arne, opens_at=NOON + timedelta(days=3))
    client.force_login(ingrid)
    assert "Åpner 4. september" in text_of(client.get("/my/"))


def test_one_whose_role_has_ended_is_not_asked_to_register_an_organisation(client, ingrid, admin):
    end_role(grant_id=ingrid.role_grants.get().pk, by=admin, at=NOON)
    client.force_login(ingrid)
    page = text_of(client.get("/my/"))
    assert "Du har ingen rolle i Nav nå" in page and "Registrer virksomheten din" not in page


def test_an_approver_is_asked_to_approve(client, ingrid, arne):
    proposed(ingrid, arne, name="Til godkjenning")
    client.force_login(arne)
    page = text_of(client.get("/my/"))
    assert "Én sak venter på deg" in page and "Til godkjenning" in page


def test_a_supplier_sees_their_own_draft_and_no_others(client, ingrid, arne, sara, sindre):
    tender = announced(ingrid, arne)
    drafted(sara, registered(sara), tender, at=NOON)
    registered(sindre, "Fjordlab AS")
    client.force_login(sara)
    assert tender.name in text_of(client.get("/my/"))
    client.force_login(sindre)
    page = text_of(client.get("/my/"))
    assert tender.name not in page and "Ingenting venter på deg" in page and "Se gjennom det Nav trenger" in page


def test_one_who_has_nothing_sees_how_something_comes(client, ragnhild):
    client.force_login(ragnhild)
    assert "Ingenting venter på deg" in text_of(client.get("/my/"))


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_database_the_same_with_one_tender_and_with_three(client, ingrid, arne, sara, number, django_assert_num_queries):
    for no in range(number):
        tender = announced(ingrid, arne, name=f"Behov {no}")
        ask_question(tender_id=tender.pk, text="Hva koster det?", by=sara, at=NOON)
        proposed(ingrid, arne)
        describe(ingrid)
    client.force_login(ingrid)
    client.get("/my/")
    with django_assert_num_queries(MY_QUERIES):
        client.get("/my/")


MY_QUERIES = 66
