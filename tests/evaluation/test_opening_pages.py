"""The pages of the opening: the same for none and for three before it, the whole story after it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, journal
from accounts.commands.choose_language import choose_language
from accounts.languages import Language
from accounts.models import AccessEvent, JournalEntry, User
from accounts.roles import Role
from evaluation.commands.compare_opened_content import compare_opened_content
from evaluation.commands.press_opening import press_opening
from evaluation.models import OpeningPress
from evaluation.queries import facts_for, opening_of, submissions_for_staff, waiting_for
from letters import pdf
from suppliers.models import Attachment, Receipt, Submission, SubmissionVersion
from tenders.models import Assignment
from tenders.phases import StagePhase
from tests.conftest import make_person
from tests.pages import masked
from tests.panel_made import all_declared
from tests.stages_made import FIRMS, MARKER, WRITERS, firm, from_when, handed_in, open_together, stage_of
from tests.tenders_made import announced, describe

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` sets the clock of the pages."""

    def set_clock(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return set_clock


def as_user(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address(tender, name="opening", *keys):
    return reverse(f"evaluation:{name}", args=[tender.reference, *keys])


def counted():
    return CaptureQueriesContext(connection)


def press_page(user, tender):
    return as_user(user).post(address(tender, "press"), follow=True)


# Before the opening


@pytest.mark.parametrize("when", ["open", "deadline", "may be opened", "one has pressed"])
@pytest.mark.parametrize("who", ["ingrid", "arne", "ragnhild"])
def test_before_the_opening_staff_see_the_same_bytes_for_none_and_for_three(request, tender, ingrid, arne, at, when, who):
    user = request.getfixturevalue(who)
    moments = {"open": from_when(tender) - timedelta(days=3), "deadline": from_when(tender) - timedelta(seconds=60)}
    at(moments.get(when, from_when(tender) + A_MOMENT))
    if when == "one has pressed":
        press_opening(stage_id=stage_of(tender).pk, by=arne, at=from_when(tender))
    pages = [address(tender), address(tender, "submissions")]
    before = [masked(as_user(user).get(page)) for page in pages]
    handed_in(tender, 3)
    after = [masked(as_user(user).get(page)) for page in pages]
    assert before == after
    assert all(page.startswith("200") for page in after)
    for secret in (MARKER, *WRITERS[:3], *FIRMS[:3]):
        assert secret not in "".join(after)


def test_before_the_opening_nothing_is_handed_to_staff(tender, ingrid, at):
    [row, *_] = handed_in(tender, 3)
    moment = at(from_when(tender) + A_MOMENT)
    assert not submissions_for_staff(ingrid, stage_of(tender), at=moment).exists()
    client, [file] = as_user(ingrid), row.attachments.all()
    assert client.get(address(tender, "submission", row.pk)).status_code == 404
    assert client.get(address(tender, "file", row.pk, file.pk)).status_code == 404
    assert client.get(address(tender, "protocol")).status_code == 404
    with pytest.raises(LookupError):
        opening_of(stage_of(tender))


@pytest.mark.parametrize("who", ["nobody", "supplier", "officer of another tender", "reviewer"])
def test_before_the_opening_the_page_is_for_those_who_open_and_audit(tender, with_role, per, at, who):
    at(from_when(tender) - timedelta(days=1))
    people = {"nobody": None, "supplier": firm(0)[0], "reviewer": per}
    user = people[who] if who in people else with_role("Oda Vik", Role.OFFICER)
    client = as_user(user)
    assert client.get(address(tender)).status_code == 404
    for name in ("submissions", "protocol"):
        assert client.get(address(tender, name)).status_code == (302 if user is None else 404)
    answer = client.post(address(tender, "press"))
    assert (answer.status_code, OpeningPress.objects.count()) == (302 if user is None else 404, 0)


def test_the_button_says_with_whom_and_too_early_from_when(tender, ingrid, arne, at):
    at(from_when(tender) - A_MOMENT)
    page = as_user(ingrid).get(address(tender)).content.decode()
    assert "Åpne skissene sammen med Arne Lie" in page
    assert 'aria-disabled="true"' in page
    assert "Det kan åpnes fra 1. oktober 2026 kl.\N{NO-BREAK SPACE}12.01.00." in page
    answer = press_page(ingrid, tender)
    assert answer.status_code == 409
    assert "Det kan åpnes fra 1. oktober 2026" in answer.content.decode()
    at(from_when(tender))
    page = as_user(arne).get(address(tender)).content.decode()
    assert "Åpne skissene sammen med Ingrid Aas" in page
    assert 'aria-disabled="true"' not in page


def test_the_auditor_looks_on_without_a_button(tender, ragnhild, at):
    at(from_when(tender))
    page = as_user(ragnhild).get(address(tender)).content.decode()
    assert "Åpne skissene sammen med" not in page
    assert "Du kan følge åpningen her" in page


def test_two_people_walk_through_the_opening(tender, ingrid, arne, at):
    handed_in(tender, 2)
    at(from_when(tender))
    page = press_page(ingrid, tender).content.decode()
    assert "Du har sagt åpne. Det gjelder i femten minutter." in page
    assert "Du har allerede trykket. En annen person må også trykke." in page
    page = as_user(arne).get(address(tender)).content.decode()
    assert "Ingrid Aas har sagt åpne" in page
    assert "før 1. oktober 2026 kl.\N{NO-BREAK SPACE}12.16.00" in page
    at(from_when(tender) + timedelta(minutes=2))
    page = press_page(arne, tender).content.decode()
    assert "To skisser er åpnet" in page
    assert "Ingrid Aas og Arne Lie åpnet steget sammen" in page
    assert stage_of(tender).phase == StagePhase.OPENED


def test_the_same_form_twice_presses_once(tender, ingrid, at):
    at(from_when(tender))
    client = as_user(ingrid)
    token = client.get(address(tender)).context["token"]
    answers = [client.post(address(tender, "press"), {"form_token": token}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [address(tender)] * 2
    assert OpeningPress.objects.count() == 1


def test_a_press_that_ran_out_says_so(tender, ingrid, at):
    press_opening(stage_id=stage_of(tender).pk, by=ingrid, at=from_when(tender))
    at(from_when(tender) + timedelta(minutes=15))
    page = as_user(ingrid).get(address(tender)).content.decode()
    assert "Nå gjelder det ikke lenger" in page
    assert 'aria-disabled="true"' not in page


# After the opening


def test_everybody_sees_times_and_fingerprints_and_nobody_sees_names(tender, ingrid, arne, at):
    handed_in(tender, 3)
    open_together(tender, ingrid, arne)
    at(from_when(tender) + timedelta(minutes=1))
    sara = firm(0)[0]
    for user in (None, sara, make_person("Nora Eng")):
        page = as_user(user).get(address(tender)).content.decode()
        shown = page.replace(" ", "")
        assert all(one in shown for one in Receipt.objects.values_list("commitment", flat=True))
        main = page[page.index('id="main"') :]
        for secret in (MARKER, *FIRMS[:3], *WRITERS[:3], "Ingrid Aas", "Arne Lie", *Submission.objects.values_list("code_name", flat=True)):
            assert secret not in main


def test_staff_see_who_and_when_and_whether_it_is_verified(tender, ingrid, arne, ragnhild, at):
    handed_in(tender, 3)
    stage = open_together(tender, ingrid, arne)
    at(from_when(tender) + timedelta(minutes=1))
    page = as_user(ragnhild).get(address(tender)).content.decode()
    assert "Ingrid Aas og Arne Lie åpnet steget sammen" in page
    assert "Pågår nå" in page
    assert opening_of(stage).root in page.replace(" ", "").replace("<br>", "")
    compare_opened_content(by=User.clock(), at=from_when(tender) + timedelta(minutes=2))
    assert "Alt er slik det ble mottatt" in as_user(ragnhild).get(address(tender)).content.decode()


def test_a_difference_is_shown_to_staff_and_marked_in_the_list(tender, ingrid, arne, at):
    bad, _good = handed_in(tender, 2)
    all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
    version = SubmissionVersion.objects.get(submission=bad)
    SubmissionVersion.objects.filter(pk=version.pk).update(content=bytes(version.content)[:-1] + b"\x00\x01")
    compare_opened_content(by=User.clock(), at=from_when(tender) + timedelta(minutes=2))
    at(from_when(tender) + timedelta(minutes=3))
    client = as_user(ingrid)
    assert "Én skisse avviker fra kvitteringen" in client.get(address(tender)).content.decode()
    assert client.get(address(tender, "submissions")).content.decode().count("Avviker fra kvitteringen") == 1
    page = client.get(address(tender, "submission", bad.pk)).content.decode()
    assert "Innholdet kan ikke leses" in page
    assert "Én skisse avviker" not in as_user(None).get(address(tender)).content.decode()


def test_opened_with_nobody_handed_in(tender, ingrid, arne, at):
    all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
    at(from_when(tender) + timedelta(minutes=1))
    for page in (address(tender), address(tender, "submissions")):
        assert "Ingen hadde levert da fristen gikk ut." in as_user(ingrid).get(page).content.decode()


@pytest.mark.parametrize("who", ["ingrid", "arne", "ragnhild"])
def test_officer_approver_and_auditor_read_what_was_handed_in_and_it_is_noted(request, tender, ingrid, arne, at, who):
    [row] = handed_in(tender, 1)
    all_declared(open_together(tender, ingrid, arne), ingrid, arne, at=from_when(tender) + A_MOMENT)
    at(from_when(tender) + timedelta(minutes=1))
    user = request.getfixturevalue(who)
    row.refresh_from_db()
    client, [file] = as_user(user), row.attachments.all()
    listed = client.get(address(tender, "submissions")).content.decode()
    assert row.code_name in listed
    assert FIRMS[0] in listed
    read = client.get(address(tender, "submission", row.pk)).content.decode()
    assert f"{MARKER} i tre uker" in read
    assert f"{MARKER} og en jevnaldrende" in read
    assert "Zylofonisk.pdf" in read
    fetched = client.get(address(tender, "file", row.pk, file.pk))
    assert fetched.content.startswith(b"%PDF")
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="Zylofonisk.pdf"'
    assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert fetched.headers["Cache-Control"] == "private, no-store"
    noted = AccessEvent.objects.filter(actor_id=user.pk).order_by("pk").values_list("what", "about")
    assert set(noted) == {
        ("evaluation.submissions_listed", journal.about_of(stage_of(tender))),
        ("evaluation.submission_read", journal.about_of(row)),
        ("evaluation.file_fetched", journal.about_of(file)),
    }


@pytest.mark.parametrize("who", ["nobody", "the supplier itself", "officer of another tender", "reviewer", "chair", "administrator"])
def test_nobody_else_reads_after_the_opening_either(tender, ingrid, arne, per, admin, with_role, at, who):
    [row] = handed_in(tender, 1)
    open_together(tender, ingrid, arne)
    moment = at(from_when(tender) + timedelta(minutes=1))
    roles = {"officer of another tender": Role.OFFICER, "chair": Role.CHAIR}
    people = {"nobody": None, "the supplier itself": firm(0)[0], "reviewer": per, "administrator": admin}
    user = people[who] if who in people else with_role("Oda Vik", roles[who])
    client, [file] = as_user(user), row.attachments.all()
    for page in (address(tender, "submissions"), address(tender, "submission", row.pk), address(tender, "file", row.pk, file.pk)):
        assert client.get(page).status_code == (302 if user is None else 404)
    if user is not None:
        assert not submissions_for_staff(user, stage_of(tender), at=moment).exists()
    assert not AccessEvent.objects.exists()


def test_a_draft_of_an_opened_stage_is_nobodys_at_the_buyer(tender, ingrid, arne, at):
    opened, other = handed_in(tender, 1)[0], announced(ingrid, arne, name="En annen")
    [elsewhere] = handed_in(other, 1)
    all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
    at(from_when(tender) + timedelta(minutes=1))
    client = as_user(ingrid)
    assert client.get(address(tender, "submission", opened.pk)).status_code == 200
    assert client.get(address(tender, "submission", elsewhere.pk)).status_code == 404
    assert client.get(address(other, "submission", opened.pk)).status_code == 404
    assert client.get(address(tender, "file", opened.pk, elsewhere.attachments.get().pk)).status_code == 404


def test_a_file_that_is_gone_or_changed_is_refused_and_not_half_sent(tender, ingrid, arne, at):
    [row] = handed_in(tender, 1)
    all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
    at(from_when(tender) + timedelta(minutes=1))
    [file] = row.attachments.all()
    Attachment.objects.filter(pk=file.pk).update(file="submissions/not-there.sealed")
    choose_language(language=Language.EN, by=ingrid, at=from_when(tender))
    answer = as_user(User.objects.get(pk=ingrid.pk)).get(address(tender, "file", row.pk, file.pk))
    assert answer.status_code == 409
    assert "This file is not what was handed in, so we do not send it." in answer.content.decode()


def test_a_file_whose_name_was_changed_still_has_a_page(tender, ingrid, arne, at):
    [row] = handed_in(tender, 1)
    all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
    at(from_when(tender) + timedelta(minutes=1))
    Attachment.objects.filter(submission=row).update(sealed_name=b"nothing")
    assert "En fil med et navn som ikke kan leses" in as_user(ingrid).get(address(tender, "submission", row.pk)).content.decode()


@pytest.mark.skipif(not pdf.available(), reason="PDFs need Pango, and it is not here")
def test_the_protocol_is_a_pdf_for_staff(tender, ingrid, arne, at):
    handed_in(tender, 2)
    open_together(tender, ingrid, arne)
    at(from_when(tender) + timedelta(minutes=1))
    answer = as_user(arne).get(address(tender, "protocol"))
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2026-001-opening-1.pdf"'
    assert as_user(firm(0)[0]).get(address(tender, "protocol")).status_code == 404


def test_without_pango_the_protocol_says_where_the_same_stands(tender, ingrid, arne, at, monkeypatch):
    open_together(tender, ingrid, arne)
    at(from_when(tender) + timedelta(minutes=1))
    monkeypatch.setattr(pdf, "available", lambda: False)
    choose_language(language=Language.EN, by=arne, at=from_when(tender))
    answer = as_user(User.objects.get(pk=arne.pk)).get(address(tender, "protocol"))
    assert answer.status_code == 409
    assert "No PDF can be made here just now. The page of the opening says the same." in answer.content.decode()


@pytest.mark.parametrize("name", ["opening", "submissions"])
def test_a_list_of_three_asks_the_database_no_more_than_a_list_of_one(ingrid, arne, at, name):
    numbers = []
    for count in (1, 3):
        tender = announced(ingrid, arne, name=f"Med {count}")
        handed_in(tender, count)
        all_declared(open_together(tender, ingrid, arne), ingrid, at=from_when(tender) + A_MOMENT)
        at(from_when(tender) + timedelta(minutes=1))
        client = as_user(ingrid)
        client.get(address(tender, name))
        with counted() as statements:
            client.get(address(tender, name))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


# What waits, and links


def test_both_are_told_with_whom_and_from_when(tender, ingrid, arne, ragnhild):
    moment = from_when(tender) - timedelta(days=10)
    [row] = waiting_for(ingrid, at=moment)
    assert (str(row.title), row.open_from) == ("Open the sketches together with Arne Lie", from_when(tender))
    [row] = waiting_for(arne, at=moment)
    assert str(row.title) == "Open the sketches together with Ingrid Aas"
    assert row.url == address(tender)
    assert waiting_for(ragnhild, at=moment) == []


def test_the_second_is_told_that_the_first_has_pressed_and_until_when(tender, ingrid, arne):
    press_opening(stage_id=stage_of(tender).pk, by=ingrid, at=from_when(tender))
    moment = from_when(tender) + timedelta(minutes=1)
    [row] = waiting_for(arne, at=moment)
    assert row.due_at == from_when(tender) + timedelta(minutes=15)
    assert str(row.why).startswith("Ingrid Aas has said open. Do the same before 1 October 2026 at")
    assert waiting_for(ingrid, at=moment) == []
    assert len(waiting_for(ingrid, at=from_when(tender) + timedelta(minutes=15))) == 1


def test_several_approvers_are_all_named(tender, ingrid, with_role):
    berit = with_role("Berit Dahl", Role.APPROVER)
    Assignment.objects.create(tender=tender, user=berit, role=Role.APPROVER, assigned_at=from_when(tender), assigned_by=ingrid)
    [row] = waiting_for(ingrid, at=from_when(tender))
    assert str(row.title) == "Open the sketches together with Arne Lie or Berit Dahl"
    [row] = waiting_for(berit, at=from_when(tender))
    assert str(row.title) == "Open the sketches together with Ingrid Aas"


def test_without_an_approver_somebody_is_missing(tender, ingrid, arne, at):
    Assignment.objects.filter(tender=tender, user=arne).delete()
    [row] = waiting_for(ingrid, at=at(from_when(tender)))
    assert str(row.title) == "Open the sketches together with one more person"
    assert "Ingen er satt på saken, godkjenner" in as_user(ingrid).get(address(tender)).content.decode()


def test_a_draft_has_no_opening(ingrid, at):
    draft = describe(ingrid)
    moment = at(from_when(draft))
    assert facts_for(draft, ingrid, at=moment).links == []
    client = as_user(ingrid)
    assert [client.get(address(draft, name)).status_code for name in ("opening", "submissions", "protocol")] == [404] * 3


def test_nothing_waits_once_it_is_opened(tender, ingrid, arne):
    open_together(tender, ingrid, arne)
    assert waiting_for(ingrid, at=from_when(tender) + timedelta(hours=1)) == []


def test_what_waits_tells_nothing_of_what_was_handed_in(tender, ingrid):
    moment = from_when(tender) + A_MOMENT
    before = waiting_for(ingrid, at=moment)
    handed_in(tender, 3)
    assert waiting_for(ingrid, at=moment) == before


def test_what_waits_asks_the_database_no_more_for_three_than_for_one(tender, ingrid, arne):
    moment = from_when(tender)
    with counted() as one:
        assert len(waiting_for(ingrid, at=moment)) == 1
    for name in ("To", "Tre"):
        announced(ingrid, arne, name=name)
    with counted() as three:
        assert len(waiting_for(ingrid, at=moment)) == 3
    assert len(one) == len(three)


def test_links_follow_who_one_is_and_how_far_it_has_come(tender, ingrid, arne, sara):
    def keys(user, moment):
        return [link.key for link in facts_for(tender, user, at=moment).links]

    moment = from_when(tender) + timedelta(minutes=1)
    assert keys(ingrid, moment) == ["opening"]
    assert keys(sara, moment) == []
    open_together(tender, ingrid, arne)
    assert keys(ingrid, moment) == ["opening", "submissions"]
    assert keys(sara, moment) == ["opening"]


def test_before_the_opening_the_cases_own_journal_holds_no_number(tender, ingrid):
    handed_in(tender, 3)
    press_opening(stage_id=stage_of(tender).pk, by=ingrid, at=from_when(tender))
    lines = JournalEntry.objects.filter(stream=journal.stream_of(tender))
    assert not [line.event for line in lines if line.event.startswith("suppliers.")]
    assert [line.facts for line in lines.filter(event__startswith="evaluation.")] == [{"stage": 1}]
