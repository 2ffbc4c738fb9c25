"""What the letters say, when they are released, and how the standstill is counted from it."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from accounts.local_time import OSLO
from accounts.models import JournalEntry, Organisation, User
from accounts.refused import Refused
from evaluation.commands.mend_letter import mend_letter
from evaluation.complaint_rules import kofa_fee_on
from evaluation.decision_charts import bars
from evaluation.decision_letter import DecisionLetter
from evaluation.models import FormalCheck
from evaluation.queries import selection as queries
from evaluation.queries.ranking import full_ranking
from evaluation.standstill import Standstill
from letters import pdf, tasks
from letters.commands.discard_batch import discard_batch
from letters.commands.redraft_letters import redraft_letters
from letters.commands.resolve_mail import resolve_mail
from letters.commands.retry_letter import retry_letter
from letters.models import Letter, LetterFile
from letters.phases import LetterPhase, MailState
from tenders.models import Stage
from tests.scores_made import closed, scored
from tests.selection_cast import opened_case, scored_case
from tests.selections_made import proposed_selection, released, selected


@pytest.fixture
def case(tender, ingrid, arne, with_role, clock_at):
    made = scored_case(tender, ingrid, arne, with_role)
    clock_at(made.at)
    return made


def reader(letter, **of):
    return DecisionLetter.of(letter.facts, written_at=datetime(2026, 11, 17, 9, tzinfo=OSLO), **of)


def test_all_letters_are_released_in_one_act_with_one_time_and_mailed_once(case, clock_at):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    tasks.mail_letters()  # notices that others had waiting
    assert set(queries.letters_of(selection).values_list("mail", flat=True)) == {MailState.NONE}
    mail.outbox.clear()
    at = case.at + timedelta(hours=3)
    released(selection.batch, at)
    assert set(queries.letters_of(selection).values_list("released_at", "phase")) == {(at, LetterPhase.RELEASED)}
    assert JournalEntry.objects.filter(event="letters.batch_released").count() == 1
    clock_at(at)
    for _round in range(3):
        tasks.mail_letters()
    members = sorted(row.organisation.memberships.first().user.email for row in case.sketches)
    assert sorted(message.to[0] for message in mail.outbox) == members
    path = f"http://localhost:8000{case.url('decision')}?stage=1"
    assert all(path in message.body and "gikk ikke videre" not in message.subject for message in mail.outbox)
    assert set(queries.letters_of(selection).values_list("mail", flat=True)) == {MailState.SENT}


def test_one_letter_that_is_not_made_keeps_all_back(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    Letter.objects.filter(pk=queries.letters_of(selection).first().pk).update(phase=LetterPhase.STUCK)
    with pytest.raises(AssertionError):
        released(selection.batch, case.at)
    assert not queries.letters_of(selection).filter(released_at__isnull=False).exists() and queries.standstill_of(case.stage) is None


# Domain.md 2.8: sent -> last day -> first day of signing
@pytest.mark.parametrize(
    ("sent", "last", "signing"),
    [
        (date(2026, 11, 2), date(2026, 11, 12), date(2026, 11, 13)),
        (date(2026, 11, 4), date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 3, 25), date(2026, 4, 7), date(2026, 4, 8)),
    ],
)
def test_the_standstill_of_a_stage_follows_the_calendar_from_the_release(case, sent, last, signing):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    moment = datetime(sent.year, sent.month, sent.day, 23, 59, tzinfo=OSLO)
    released(selection.batch, moment)
    standstill = queries.standstill_of(case.stage)
    assert (standstill.last_day, standstill.first_signing_day) == (last, signing)
    assert not standstill.over(datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=OSLO))
    assert standstill.over(datetime(signing.year, signing.month, signing.day, 0, 0, tzinfo=OSLO))
    letter = queries.letters_of(selection).first()
    assert reader(letter, released_at=moment).last_day == last


def test_a_stage_without_standstill_is_over_it_at_once():
    at = datetime(2026, 11, 4, 12, tzinfo=OSLO)
    assert Standstill.counted_from(at, 0).over(at)


def test_the_letter_of_one_who_was_not_selected(case):
    selection = proposed_selection(case.stage, case.cecilie)
    letter = queries.letters_of(selection).get(facts__rank=4)
    page = reader(letter)
    assert (page.total, page.scale, page.winners_span) == ("6.00", 10, "7.00 to 9.00")
    card = page.cards[0]
    assert card.points == "6.00" and [rung.state for rung in card.ladder].count("me") == 1
    assert card.next_level and card.next_text
    assert [bar.count for bar in card.bars] == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0] and [bar.points for bar in card.bars if bar.mine] == [6]
    assert sum(Decimal(one.gives) for one in page.cards) == Decimal(page.total)
    assert page.grounds == "Vi likte at noen møter opp den første morgenen."  # what the evaluators wrote to the supplier, once
    assert "jobber" not in json.dumps([winner.ground for winner in page.winners])
    assert [winner.name for winner in page.winners] == [item.submission.organisation.name for item in queries.items_of(selection)]
    others = queries.letters_of(selection).exclude(pk=letter.pk).filter(facts__outcome="not_selected")
    assert all(other.organisation.name not in letter.body for other in others)
    assert "comment" not in json.dumps(letter.facts)


def test_when_a_place_stays_empty_the_letter_says_how_many_were_selected(case):
    proposed_selection(case.stage, case.cecilie, count=1)
    leads = {reader(letter).lead for letter in queries.tender_letters(case.tender)}
    assert len(leads) == 5 and all("could select three, but selected one." in lead for lead in leads)


def test_means_that_do_not_end_are_shown_to_the_hundredth_and_add_up_exactly(tender, ingrid, arne, with_role):
    """Sheets 7, 7, 8 on every criterion: mean 7 1/3, and so is the total; 7.33 when shown."""
    criteria = tender.stages.get(no=1).criteria.count()
    made = scored_case(tender, ingrid, arne, with_role, 1, points={1: [[7] * criteria, [7] * criteria, [8] * criteria]})
    selection = proposed_selection(made.stage, made.cecilie)
    letter = queries.letters_of(selection).get()
    assert reader(letter).total == "7.33" and {card.points for card in reader(letter).cards} == {"7.33"}


def test_a_letter_is_in_the_language_of_the_organisation(case):
    Organisation.objects.filter(pk=case.sketches[0].organisation_id).update(language="nn")
    selection = proposed_selection(case.stage, case.cecilie)
    letter = queries.letters_of(selection).get(organisation=case.sketches[0].organisation_id)
    assert letter.language == "nn" and '<html lang="nn">' in letter.body
    assert letter.address == f"{case.url('decision')}?stage=1"


@pytest.fixture
def with_one_rejected(tender, ingrid, arne, with_role, clock_at):
    """Five handed in; the last is rejected and was never scored."""
    case = opened_case(tender, ingrid, arne, with_role, 5)
    gone = case.sketches[4]
    FormalCheck.objects.filter(submission=gone).update(admitted=False, ground="form", reason="Vedlegget røper hvem dere er.")
    scored(case.stage, [case.cecilie, case.emre, case.eva])
    closed(case.stage, case.cecilie)
    clock_at(case.at)
    return case, gone


def test_a_rejected_one_gets_its_ground_and_no_points(with_one_rejected):
    case, gone = with_one_rejected
    selection = proposed_selection(case.stage, case.cecilie)
    assert gone.pk not in {row.submission_id for row in full_ranking(case.stage)}
    letter = queries.letters_of(selection).get(organisation=gone.organisation_id)
    page = reader(letter)
    assert page.heading == "What you handed in was rejected" and page.cards == [] and page.total == ""
    assert "anskaffelsesforskriften § 9-4" in page.rejected_for and page.grounds == "Vedlegget røper hvem dere er."
    assert "Vedlegget røper hvem dere er." in letter.body
    assert queries.letters_of(selection).count() == 5


@pytest.mark.skipif(not pdf.available(), reason="Pango is not installed")
def test_the_letter_becomes_a_tagged_pdf(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    letter = queries.letters_of(selection).get(facts__rank=4)
    with pikepdf.open(BytesIO(pdf.render_pdf(letter.body))) as document:
        assert str(document.Root.Lang) == "nb" and bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root


def test_without_pango_the_letter_is_filed_and_shown_as_a_page(case, client, monkeypatch, clock_at):
    monkeypatch.setattr(pdf, "available", lambda: False)
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    clock_at(case.at + timedelta(hours=3))
    tasks.render_letters()
    tasks.release_batches()
    letter = queries.letters_of(selection).select_related("file").get(facts__rank=4)
    assert letter.phase == LetterPhase.RELEASED and letter.file.kind == LetterFile.Kind.HTML
    user = letter.organisation.memberships.first().user
    User.objects.filter(pk=user.pk).update(language="en")
    client.force_login(user)
    assert "Open the letter" in client.get(case.url("decision")).content.decode()
    answer = client.get(reverse("letters:pdf", args=[letter.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("letters:page", args=[letter.pk]), 302)]
    assert answer.content.decode() == letter.body and answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    client.force_login(case.emre)
    assert client.get(reverse("letters:page", args=[letter.pk])).status_code == 404


def test_a_pdf_has_no_page_of_its_own(case, client):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    released(selection.batch, case.at)
    letter = queries.letters_of(selection).first()
    client.force_login(letter.organisation.memberships.first().user)
    assert client.get(reverse("letters:page", args=[letter.pk])).status_code == 404
    assert client.get(reverse("letters:pdf", args=[letter.pk])).content.startswith(b"%PDF")


def test_a_stuck_letter_is_tried_again_by_the_officer_and_a_mail_is_cleared_up(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    letter = queries.letters_of(selection).first()

    def mend(what, by=case.ingrid):
        mend_letter(tender_id=case.tender.pk, letter_id=letter.pk, what=what, by=by, at=case.at)

    with pytest.raises(Refused, match="Only the officer of this tender looks after the letters."):
        mend("retry", by=case.arne)
    with pytest.raises(Refused, match="This letter does not wait for anybody to try it again."):
        mend("retry")
    with pytest.raises(Refused, match="Nobody needs to find out about this mail."):
        mend("went")
    Letter.objects.filter(pk=letter.pk).update(phase=LetterPhase.STUCK, tries=3)
    mend("retry")
    letter.refresh_from_db()
    assert (letter.phase, letter.tries) == (LetterPhase.WAITING, 0)
    released(selection.batch, case.at)
    Letter.objects.filter(pk=letter.pk).update(mail=MailState.UNCLEAR, mail_claimed_at=case.at)
    mend("went")
    letter.refresh_from_db()
    assert (letter.mail, letter.mailed_at) == (MailState.SENT, case.at)
    Letter.objects.filter(pk=letter.pk).update(mail=MailState.UNCLEAR)
    mend("mail_again")
    letter.refresh_from_db()
    assert letter.mail == MailState.NONE
    assert JournalEntry.objects.filter(event="evaluation.letter_mended").count() == 3


def test_approved_letters_are_neither_thrown_away_nor_changed(case):
    selection = selected(case.stage, case.cecilie, case.ingrid, case.arne)
    for act in (
        lambda: discard_batch(batch_id=selection.batch_id, reason="x", by=case.arne, at=case.at),
        lambda: redraft_letters(batch_id=selection.batch_id, drafts={}, by=case.arne, at=case.at),
    ):
        with pytest.raises(Refused, match="These letters have been approved already."):
            act()
    with pytest.raises(Refused):
        retry_letter(letter_id=queries.letters_of(selection).first().pk, by=case.ingrid, at=case.at)
    with pytest.raises(Refused):
        resolve_mail(letter_id=queries.letters_of(selection).first().pk, went=True, by=case.ingrid, at=case.at)


def test_the_letter_of_the_last_stage_speaks_of_one_solution(case):
    Stage.objects.filter(tender=case.tender, no=2).update(no=9)
    selection = proposed_selection(case.stage, case.cecilie)
    assert reader(queries.letters_of(selection).get(facts__rank=1)).heading == "Your sketch goes on"
    facts = queries.letters_of(selection).get(facts__rank=1).facts | {"last": True}
    written = datetime(2026, 11, 17, tzinfo=OSLO)
    assert DecisionLetter.of(facts, written_at=written).heading == "Your solution was selected"
    assert DecisionLetter.of(facts | {"outcome": "not_selected"}, written_at=written).heading == "Another solution was selected"


def test_the_fee_comes_from_a_dated_table():
    assert kofa_fee_on(date(2026, 11, 17)) == 8000
    with pytest.raises(ValueError, match="No fee is known"):
        kofa_fee_on(date(1999, 1, 1))


def test_bars_keep_their_places_in_every_language():
    with translation.override("nb"):
        drawn = bars([0, 2, 1], mine=1)
    assert [(bar.x, bar.width, bar.height, bar.mine) for bar in drawn] == [
        ("3.33%", "26.67%", 1, False),
        ("36.67%", "26.67%", 58, True),
        ("70.00%", "26.67%", 29, False),
    ]
