"""From drafts to a mail that went once."""

import smtplib
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from accounts.models import AccessEvent, JournalEntry, User
from accounts.refused import Refused
from letters import pdf, queries, tasks
from letters.commands.claim_letter import claim_letter
from letters.commands.claim_mail import claim_mail
from letters.commands.draft_batch import draft_batch
from letters.commands.file_letter import file_letter
from letters.commands.freeze_batch import freeze_batch
from letters.commands.give_back_letter import give_back_letter
from letters.commands.release_batch import release_batch
from letters.commands.send_notices import send_notices
from letters.drafts import NewLetter
from letters.models import Letter, LetterFile
from letters.phases import LETTER_STEPS, LetterPhase, MailState
from tests.conftest import NOON, make_person

PAGE = "<!DOCTYPE html><html lang='nb'><head><title>Svar</title></head><body><h1>Svar</h1><p>Dere er med. čđŋ</p></body></html>"


@pytest.fixture
def batch(arne, sara, sindre):
    drafts = [NewLetter("Svar", PAGE, "nb", user=person) for person in (sara, sindre)]
    return draft_batch(kind="answer", about=arne, stream="test", drafts=drafts, by=arne, at=NOON)


def clock_user():
    return User.clock()


def test_a_draft_is_seen_by_nobody(batch, sara):
    assert list(queries.own_letters(sara)) == []
    assert claim_letter(by=clock_user(), at=NOON) is None
    assert not queries.batches_to_release().exists()


def test_letters_are_released_together_and_not_before_all_are_made(batch, arne, sara, sindre):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    first = claim_letter(by=clock_user(), at=NOON)
    file_letter(letter_id=first.pk, content=b"%PDF first", by=clock_user(), at=NOON)
    assert release_batch(batch_id=batch.pk, by=clock_user(), at=NOON) is False
    assert not queries.own_letters(sara).exists()
    assert not queries.own_letters(sindre).exists()
    second = claim_letter(by=clock_user(), at=NOON)
    assert second.pk != first.pk
    file_letter(letter_id=second.pk, content=b"%PDF second", by=clock_user(), at=NOON)
    assert release_batch(batch_id=batch.pk, by=clock_user(), at=NOON + timedelta(seconds=3)) is True
    assert {letter.released_at for letter in Letter.objects.all()} == {NOON + timedelta(seconds=3)}
    assert queries.own_letters(sara).get().title == "Svar"
    assert JournalEntry.objects.filter(event="letters.batch_released").count() == 1


def test_a_frozen_batch_is_frozen_once(batch, arne):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    with pytest.raises(Refused, match="These letters have been approved already."):
        freeze_batch(batch_id=batch.pk, by=arne, at=NOON)


def test_a_letter_that_can_not_be_made_is_tried_three_times_and_shown_to_a_person(batch, arne, monkeypatch):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "render_pdf", lambda html: (_ for _ in ()).throw(MemoryError()))
    tasks.render_letters()
    assert set(Letter.objects.values_list("phase", "tries")) == {(LetterPhase.STUCK, 3)}
    assert queries.stuck_letters().count() == 2
    assert JournalEntry.objects.filter(event="letters.making_failed").count() == 6


def test_a_worker_that_died_gives_its_letter_back_after_five_minutes(batch, arne):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    taken = {claim_letter(by=clock_user(), at=NOON).pk for _ in range(2)}
    assert claim_letter(by=clock_user(), at=NOON + timedelta(minutes=4)) is None
    again = claim_letter(by=clock_user(), at=NOON + timedelta(minutes=6))
    assert again.pk in taken
    assert again.tries == 2


def test_making_a_letter_twice_keeps_the_first_file(batch, arne):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    letter = claim_letter(by=clock_user(), at=NOON)
    file_letter(letter_id=letter.pk, content=b"one", by=clock_user(), at=NOON)
    file_letter(letter_id=letter.pk, content=b"two", by=clock_user(), at=NOON)
    assert bytes(LetterFile.objects.get(letter=letter).content) == b"one"


def notice(person, **changes):
    return NewLetter("Svar på spørsmål", "Nav har svart.\n\nSe svaret.", "nb", user=person, path="/tenders/2026-001/", **changes)


def test_a_notice_is_there_at_once_and_mailed_once(arne, sara):
    send_notices(kind="answer", about=arne, stream="test", notices=[notice(sara)], by=arne, at=NOON)
    assert queries.own_letters(sara).get().body.startswith("Nav har svart.")
    tasks.mail_letters()
    tasks.mail_letters()
    assert [message.to for message in mail.outbox] == [[sara.email]]
    assert "http://localhost:8000/tenders/2026-001/" in mail.outbox[0].body
    assert mail.outbox[0].subject == "Svar på spørsmål"
    assert Letter.objects.get().mail == MailState.SENT


def test_a_subject_is_one_line(arne, sara):
    letter = NewLetter("Svar\r\nBcc: everybody@nyvei.example", "Text", "nb", user=sara)
    send_notices(kind="answer", about=arne, stream="test", notices=[letter], by=arne, at=NOON)
    tasks.mail_letters()
    assert mail.outbox[0].subject == "Svar Bcc: everybody@nyvei.example"
    assert mail.outbox[0].recipients() == [sara.email]


def test_a_mail_whose_worker_died_goes_to_a_person_and_never_twice(arne, sara):
    send_notices(kind="answer", about=arne, stream="test", notices=[notice(sara)], by=arne, at=NOON)
    assert claim_mail(by=clock_user(), at=NOON - timedelta(minutes=10)) is not None
    tasks.mail_letters()
    assert mail.outbox == []
    assert Letter.objects.get().mail == MailState.UNCLEAR
    assert queries.stuck_letters().count() == 1


def test_a_mail_server_that_refuses_does_not_delay_the_others(arne, sara, sindre, monkeypatch):
    notices = [notice(sara), notice(sindre)]
    send_notices(kind="answer", about=arne, stream="test", notices=notices, by=arne, at=NOON)
    send = tasks.mail.send
    monkeypatch.setattr(tasks.mail, "send", lambda letter: _refuse() if letter.user == sara else send(letter))
    tasks.mail_letters()
    assert [message.to for message in mail.outbox] == [[sindre.email]]
    assert set(Letter.objects.values_list("user__name", "mail")) == {(sara.name, "unclear"), (sindre.name, "sent")}


def _refuse():
    raise smtplib.SMTPServerDisconnected


def test_the_steps_of_a_letter_are_only_those_of_the_table(batch):
    for old in LetterPhase:
        for to in LetterPhase:
            with transaction.atomic():
                Letter.objects.update(phase=old, released_at=NOON if old == LetterPhase.RELEASED else None)
                if (old, to) in LETTER_STEPS:
                    continue
                before = list(Letter.objects.values_list("phase", flat=True))
                for act in (
                    lambda: file_letter(letter_id=Letter.objects.first().pk, content=b"x", by=clock_user(), at=NOON),
                    lambda: release_batch(batch_id=batch.pk, by=clock_user(), at=NOON),
                ):
                    if old not in {LetterPhase.CLAIMED, LetterPhase.RENDERED}:
                        act()
                assert list(Letter.objects.values_list("phase", flat=True)) == before


def test_giving_back_touches_only_a_claimed_letter(batch):
    letter = Letter.objects.first()
    give_back_letter(letter_id=letter.pk, why="Test", by=clock_user(), at=NOON)
    assert Letter.objects.get(pk=letter.pk).phase == LetterPhase.DRAFT


@pytest.mark.skipif(not pdf.available(), reason="Pango is not installed")
def test_a_letter_becomes_a_tagged_pdf_in_its_language(batch, arne, sara, client):
    freeze_batch(batch_id=batch.pk, by=arne, at=NOON)
    tasks.render_letters()
    tasks.release_batches()
    letter = queries.own_letters(sara).get()
    content = bytes(letter.file.content)
    assert content.startswith(b"%PDF-")
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == "nb"
        assert bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root
    client.force_login(sara)
    answer = client.get(reverse("letters:pdf", args=[letter.pk]))
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert AccessEvent.objects.filter(actor_id=sara.pk, what="letters.letter_fetched").count() == 1


@pytest.mark.skipif(not pdf.available(), reason="Pango is not installed")
def test_a_pdf_reaches_nothing_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-MARKER")
    page = PAGE.replace(
        "<h1>", f"<img src='file://{secret}'><img src='http://127.0.0.1:9/x.png'><link rel=attachment href='file://{secret}'><h1>"
    )
    content = pdf.render_pdf(page)
    assert b"SECRET-MARKER" not in content
    assert b"/EmbeddedFile" not in content


def test_somebody_elses_letter_is_not_there(arne, sara, sindre, client):
    send_notices(kind="answer", about=arne, stream="test", notices=[notice(sara)], by=arne, at=NOON)
    letter = Letter.objects.get()
    client.force_login(sindre)
    assert client.get(reverse("letters:letter", args=[letter.pk])).status_code == 404
    assert client.get(reverse("letters:pdf", args=[letter.pk])).status_code == 404
    client.force_login(sara)
    page = client.get(reverse("letters:letter", args=[letter.pk]))
    assert "Nav har svart." in page.content.decode()
    assert client.get(reverse("letters:pdf", args=[letter.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_letters_costs_the_same_with_more_rows(rows, arne, client, django_assert_num_queries):
    reader = make_person("Reader Berg")
    for no in range(rows):
        send_notices(kind="answer", about=arne, stream="test", notices=[NewLetter(f"No {no}", "Text", "nb", user=reader)], by=arne, at=NOON)
    client.force_login(reader)
    client.get(reverse("letters:letters"))
    with django_assert_num_queries(6):
        page = client.get(reverse("letters:letters"))
    assert page.content.decode().count('<li>\n          <p class="nv-when">') == rows
