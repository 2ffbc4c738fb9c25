"""The pages of the sketch and the receipt, as Sara, a colleague and strangers meet them."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import wording
from accounts.models import JournalEntry, Membership
from evaluation.commands.press_opening import press_opening
from suppliers import envelopes
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.completeness import TITLE
from suppliers.models import Attachment, Receipt, Submission
from suppliers.phases import SubmissionPhase
from suppliers.queries.submissions import facts_for, waiting_for
from suppliers.views.submission_desk import Desk
from suppliers.views.submission_parts import files_of
from tenders.models import Requirement
from tests.conftest import NOON
from tests.submissions_made import LATER, TITLE_WRITTEN, answers_for, drafted, stage_of, submitted
from tests.suppliers_made import registered
from tests.tenders.upload_building import pdf
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _later(clock_at):
    clock_at(LATER)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def stage(tender):
    return stage_of(tender)


@pytest.fixture
def morgenkveik(sara):
    sara.language = "en"
    sara.save()
    return registered(sara)


@pytest.fixture
def page(client, sara, tender, morgenkveik):
    client.force_login(sara)
    return client


def to(name, tender, *more):
    return reverse(f"suppliers:{name}", args=[tender.reference, 1, *more])


def posted(stage, draft_no=1, text="Ny tekst fra skjemaet.", **more):
    answers = {f"answer_{key}": value for key, value in answers_for(stage, text=text).items()}
    return {"draft_no": str(draft_no), "form_token": str(uuid.uuid4()), **answers, **more}


def test_from_nothing_to_a_receipt(page, sara, tender, stage, morgenkveik):
    assert b"Begin on the sketch" in page.get(to("submission", tender)).content
    begun = page.post(to("start_submission", tender), {"organisation": morgenkveik.number, "form_token": str(uuid.uuid4())})
    assert begun.url == to("submission", tender)
    Requirement.objects.create(tender=tender, no=1, kind="other", text="Dere skal snakke norsk.", why="Unge gjør det.", proof="En CV.")
    form = page.get(begun.url)
    assert "Dere skal snakke norsk. How it is shown: En CV." in form.content.decode()
    assert f"Only you who act for {morgenkveik.name} can see the draft" in form.content.decode()
    assert b"Nothing is written" not in form.content
    assert form.content.count(b"data-words-for") == stage.fields.count() + 1
    saved = page.post(begun.url, posted(stage, draft_no=0, do="review"))
    assert saved.url == to("review_submission", tender)
    review = page.get(saved.url)
    assert "Ny tekst fra skjemaet." in review.content.decode() and "Dere skal snakke norsk." in review.content.decode()
    draft_no = re.search(r'name="draft_no" value="(\d+)"', review.content.decode())[1]
    sent = page.post(to("submit", tender), {"draft_no": draft_no, "form_token": str(uuid.uuid4())})
    receipt = Receipt.objects.get()
    assert sent.url == f"{to('receipt', tender)}?number={receipt.number}"
    shown = page.get(sent.url).content.decode()
    assert receipt.number in shown
    assert TITLE_WRITTEN in shown
    assert receipt.commitment[:4] in shown


def test_the_same_form_twice_gives_one_receipt(page, sara, tender, morgenkveik):
    drafted(sara, morgenkveik, tender)
    form = {"draft_no": "1", "form_token": str(uuid.uuid4())}
    first, second = page.post(to("submit", tender), form), page.post(to("submit", tender), form)
    assert first.url == second.url
    assert Receipt.objects.count() == 1


def test_saving_as_one_writes_answers_with_what_is_left(page, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    answer = page.post(to("save_draft", tender), posted(stage))
    field = stage.fields.first()
    told = answer.json()
    assert told["draft_no"] == 2
    assert told["words"][field.key] == field.max_words - len(f"Ny tekst fra skjemaet. Svar {field.no}.".split())
    assert told["saved_at"] == "12:00"  # our clock in Norway, not the one of the reader's machine
    assert set(told) == {"saved_at", "draft_no", "words"}


def test_an_older_page_does_not_overwrite_and_both_texts_are_shown(page, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    page.post(to("save_draft", tender), posted(stage, text="Den nyeste teksten."))
    asked = page.post(to("save_draft", tender), posted(stage, text="Fra den gamle siden."))
    assert asked.status_code == 409
    assert "Den nyeste teksten." in json.dumps(asked.json()["saved"], ensure_ascii=False)
    answer = page.post(to("submission", tender), posted(stage, text="Fra den gamle siden."))
    assert answer.status_code == 409
    assert "Den nyeste teksten." in answer.content.decode() and "Fra den gamle siden." in answer.content.decode()
    assert "Den nyeste teksten." in json.dumps(envelopes.read_draft(Submission.objects.get()), ensure_ascii=False)
    newest = re.search(r'name="draft_no" value="(\d+)"', answer.content.decode())[1]
    page.post(to("submission", tender), posted(stage, draft_no=newest, text="Fra den gamle siden.", do="save"))
    assert "Fra den gamle siden." in json.dumps(envelopes.read_draft(Submission.objects.get()), ensure_ascii=False)


def test_what_is_too_long_is_saved_and_said_at_its_field(page, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    answer = page.post(to("submission", tender), posted(stage, answer_title=" ".join(["ord"] * 14), do="review"))
    assert answer.status_code == 422
    assert b"Cut 2 words." in answer.content
    assert envelopes.read_draft(Submission.objects.get())[TITLE].count("ord") == 14
    assert page.post(to("submit", tender), {"draft_no": "2"}).status_code == 409
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("bad", ["NUL \x00 her", "for lang " * 3000], ids=["NUL", "27 000 signs"])
def test_text_that_cannot_be_kept_is_refused_and_still_shown(page, sara, tender, stage, morgenkveik, bad):
    drafted(sara, morgenkveik, tender)
    answer = page.post(to("submission", tender), posted(stage, answer_title=bad))
    assert answer.status_code == 422
    assert bad[:3] in answer.content.decode()
    assert envelopes.read_draft(Submission.objects.get())[TITLE] == TITLE_WRITTEN
    assert page.post(to("save_draft", tender), posted(stage, answer_title=bad)).status_code == 422


def test_half_a_character_does_not_get_in(page, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    rest = [f"{name}={value}" for name, value in posted(stage).items() if name != "answer_title"]
    body = "&".join(rest).encode() + b"&answer_title=\xed\xa0\x80x"
    answer = page.generic("POST", to("save_draft", tender), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert envelopes.read_draft(Submission.objects.get())[TITLE] == TITLE_WRITTEN
    assert "\ud800" not in json.dumps(envelopes.read_draft(Submission.objects.get()), ensure_ascii=False)


def test_files_come_and_go_with_the_text_saved(page, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    good, bad = SimpleUploadedFile("kart.pdf", pdf()), SimpleUploadedFile("tom.pdf", b"")
    answer = page.post(to("submission", tender), posted(stage, text="Med vedlegg.", do="upload", files=[good, bad]))
    assert answer.status_code == 422
    assert "tom.pdf: The file is empty." in answer.content.decode()
    assert envelopes.attachment_name(Attachment.objects.get()) == "kart.pdf"
    assert "Med vedlegg." in json.dumps(envelopes.read_draft(Submission.objects.get()), ensure_ascii=False)
    key = Attachment.objects.get().pk
    fetched = page.get(to("attachment", tender, key))
    assert fetched.content.startswith(b"%PDF")
    assert fetched["Content-Disposition"] == 'attachment; filename="kart.pdf"'
    assert fetched["Cache-Control"] == "private, no-store"
    page.post(to("submission", tender), posted(stage, draft_no=2, text="Uten vedlegg.", remove=str(key)))
    assert Attachment.objects.get().removed_at == LATER
    assert page.get(to("attachment", tender, key)).status_code == 404


@pytest.mark.parametrize(("more", "status"), [(0, 302), (1, 422)], ids=["20 MB", "20 MB + 1"])
def test_the_largest_file_that_is_looked_at(page, sara, tender, stage, morgenkveik, monkeypatch, more, status):
    """The look through the file itself is tested elsewhere; here the size that reached us decides."""
    drafted(sara, morgenkveik, tender)
    file = SimpleUploadedFile("stor.pdf", (pdf() + bytes(20 * 1024 * 1024))[: 20 * 1024 * 1024 + more])
    answer = page.post(to("submission", tender), posted(stage, do="upload", files=[file]))
    said = "The file is larger than 20 MB." in answer.content.decode()
    assert said == (status == 422)
    assert not Attachment.objects.exists()


def test_after_the_deadline_the_draft_is_read_and_not_written(page, sara, tender, stage, morgenkveik, clock_at):
    drafted(sara, morgenkveik, tender)
    clock_at(stage.closes_at)
    shown = page.get(to("submission", tender)).content.decode()
    assert "The deadline has passed" in shown and TITLE_WRITTEN in shown
    assert "<textarea" not in shown
    late = page.post(to("submission", tender), posted(stage, text="For sent skrevet."))
    assert late.status_code == 409
    assert "For sent skrevet." in late.content.decode()
    assert "This arrived 1 October 2026 at" in late.content.decode()
    assert page.get(to("review_submission", tender)).url == to("submission", tender)


def test_a_late_submit_is_refused_with_both_times(page, sara, tender, stage, morgenkveik, clock_at):
    drafted(sara, morgenkveik, tender)
    clock_at(stage.closes_at + MICROSECOND)
    late = page.post(to("submit", tender), {"draft_no": "1", "form_token": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "The sketch was not handed in" in late.content.decode()
    assert "until the deadline" not in late.content.decode()  # nothing is promised that can no longer be done
    assert "The deadline was Thursday 1 October 2026 before" in late.content.decode().replace("\xa0", " ")
    assert JournalEntry.objects.filter(stream=f"user:{sara.pk}", event="refused.suppliers.submit_submission").count() == 1


def test_what_is_typed_while_logged_out_is_there_after_log_in(page, client, sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    client.logout()
    sent_away = client.post(to("submission", tender), posted(stage, text="Skrevet uten innlogging."))
    assert sent_away.url.startswith("/accounts/login/")
    session = client.session
    kept = session["kept_text"]
    assert "What you wrote is kept for an hour." in client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    client.force_login(sara)
    session = client.session
    session["kept_text"] = kept
    session.save()
    shown = client.get(to("submission", tender)).content.decode()
    assert "Skrevet uten innlogging." in shown
    assert "it is not saved yet" in shown


def test_take_back_and_withdraw_are_explained_before_they_are_done(page, sara, tender, stage, morgenkveik):
    submitted(sara, morgenkveik, tender)
    assert b"It is not handed in until you send it anew." in page.get(to("take_back", tender)).content
    assert page.post(to("take_back", tender), {"form_token": str(uuid.uuid4())}).url == to("submission", tender)
    assert Submission.objects.get().phase == SubmissionPhase.DRAFT
    page.post(to("submit", tender), {"draft_no": "1", "form_token": str(uuid.uuid4())})
    assert b"Then you take no part any more." in page.get(to("withdraw", tender)).content
    assert page.post(to("withdraw", tender), {"form_token": str(uuid.uuid4())}).url == to("receipt", tender)
    shown = page.get(to("receipt", tender)).content.decode()
    assert "The sketch is withdrawn. You do not take part now." in shown
    assert "no longer handed in" in shown and "You withdrew it" in shown
    assert "<td>Taken back</td>" in re.sub(r"<td[^>]*>\s*(.*?)\s*</td>", r"<td>\1</td>", shown)  # the first receipt is what it was
    for receipt in Receipt.objects.all():
        assert receipt.number in shown
    assert TITLE_WRITTEN not in shown
    assert b"Begin on the sketch" in page.get(to("submission", tender)).content


def test_a_contributor_sees_why_the_button_does_not_work(client, sara, sindre, tender, morgenkveik):
    Membership.objects.create(organisation=morgenkveik, user=sindre, part="contributor", joined_at=NOON)
    sindre.language = "en"
    sindre.save()
    drafted(sara, morgenkveik, tender)
    client.force_login(sindre)
    assert b"Only a representative of the organisation can hand in" in client.get(to("review_submission", tender)).content
    assert client.post(to("submit", tender), {"draft_no": "1"}).status_code == 409
    assert not Receipt.objects.exists()


def test_strangers_and_staff_find_nothing(client, sara, sindre, ingrid, ragnhild, tender, morgenkveik):
    registered(sindre, name="Stifinner AS")
    receipt = submitted(sara, morgenkveik, tender)
    take_back_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)
    file = add_attachment(submission_id=receipt.version.submission_id, name="k.pdf", data=pdf(), by=sara, at=LATER)
    names = ("missing", "review_submission", "take_back", "withdraw", "receipt", "receipt_pdf", "receipt_json")
    gets = [to(name, tender) for name in names]
    gets += [to("attachment", tender, file.pk), f"{to('receipt', tender)}?number={receipt.number}"]
    posts = [to(name, tender) for name in ("save_draft", "submit", "take_back", "withdraw")]
    for stranger in (sindre, ingrid, ragnhild):
        client.force_login(stranger)
        assert [client.get(address).status_code for address in gets] == [404] * len(gets)
        assert [client.post(address, {"draft_no": "1"}).status_code for address in posts] == [404] * len(posts)
        own = client.get(to("submission", tender))
        assert TITLE_WRITTEN not in own.content.decode() and morgenkveik.name not in own.content.decode()
        named = client.get(to("submission", tender) + f"?organisation={morgenkveik.number}").content.decode()
        assert TITLE_WRITTEN not in named


def test_the_same_sketch_is_not_found_under_another_tender(page, ingrid, arne, sara, tender, morgenkveik):
    drafted(sara, morgenkveik, tender)
    file = add_attachment(submission_id=Submission.objects.get().pk, name="k.pdf", data=pdf(), by=sara, at=LATER)
    other = announced(ingrid, arne, name="En annen konkurranse")
    assert page.get(to("attachment", other, file.pk)).status_code == 404
    assert page.get(to("review_submission", other)).status_code == 404


def test_staff_pages_of_the_sketch_are_the_same_with_none_and_with_one(client, ingrid, sara, tender, morgenkveik):
    client.force_login(ingrid)
    masked = [mask(client.get(to("submission", tender)).content)]
    submitted(sara, morgenkveik, tender)
    masked.append(mask(client.get(to("submission", tender)).content))
    assert masked[0] == masked[1]


def mask(content: bytes) -> bytes:
    return re.sub(rb'value="[0-9A-Za-z-]{32,}"', b"", content)


def test_one_who_acts_for_two_organisations_chooses(page, sara, tender, stage, morgenkveik):
    second = registered(sara, name="Stifinner AS")
    drafted(sara, morgenkveik, tender)
    begun = page.post(
        f"{to('start_submission', tender)}?organisation={second.number}",
        {"organisation": second.number, "form_token": str(uuid.uuid4())},
    )
    assert begun.url == f"{to('submission', tender)}?organisation={second.number}"
    page.post(begun.url, posted(stage, draft_no=0, text="For Stifinner."))
    mine = Submission.objects.get(organisation=second)
    assert "For Stifinner." in json.dumps(envelopes.read_draft(mine), ensure_ascii=False)
    assert "For Stifinner." not in json.dumps(envelopes.read_draft(Submission.objects.get(organisation=morgenkveik)))


def test_my_work_has_the_draft_and_what_can_still_be_changed(sara, tender, stage, morgenkveik):
    drafted(sara, morgenkveik, tender)
    [draft] = waiting_for(sara, at=LATER)
    assert (str(draft.title), draft.due_at, draft.url) == ("Finish and hand in the sketch", stage.closes_at, to("submission", tender))
    assert waiting_for(sara, at=stage.closes_at) == []
    withdrawn = submitted_again(sara)
    [handed_in] = waiting_for(sara, at=LATER)
    assert (str(handed_in.why), handed_in.only_to_know) == ("You can change or withdraw it until the deadline.", True)
    [kept] = waiting_for(sara, at=stage.closes_at)
    assert (str(kept.title), kept.due_at, kept.only_to_know) == ("The sketch is handed in", None, True)
    assert str(kept.why) == f"You get the answer by {wording.day(stage.answer_by)}."
    [late] = waiting_for(sara, at=stage.closes_at + timedelta(days=300))
    assert str(late.why) == f"Nav promised the answer by {wording.day(stage.answer_by)}, and it is late."
    withdraw_submission(submission_id=withdrawn, by=sara, at=LATER)
    assert waiting_for(sara, at=LATER) == []


def submitted_again(sara):
    submission = Submission.objects.get()
    submit_submission(submission_id=submission.pk, by=sara, at=LATER)
    return submission.pk


def test_side_pages_are_for_those_who_act_for_an_organisation(sara, sindre, ingrid, tender, stage, morgenkveik):
    assert [link.key for link in facts_for(tender, sara, at=LATER).links] == ["submission-1"]
    assert facts_for(tender, sara, at=stage.closes_at).links == []
    submitted(sara, morgenkveik, tender)
    assert [link.key for link in facts_for(tender, sara, at=stage.closes_at).links] == ["submission-1", "receipt-1"]
    withdraw_submission(submission_id=Submission.objects.get().pk, by=sara, at=LATER)
    assert [link.key for link in facts_for(tender, sara, at=LATER).links] == ["submission-1", "receipt-1"]
    for other in (sindre, ingrid):
        assert facts_for(tender, other, at=LATER).links == []


def test_the_pages_ask_as_often_with_three_rows_as_with_one(page, sara, tender, stage, morgenkveik):
    """The header of the page belongs to others and may ask more one day; here no row may cost a question of its own."""
    receipt = submitted(sara, morgenkveik, tender)
    page.get(to("receipt", tender))
    once = asked(lambda: page.get(to("receipt", tender)))
    for _ in range(2):
        take_back_submission(submission_id=receipt.version.submission_id, by=sara, at=LATER)
        page.post(to("submit", tender), {"draft_no": "1", "form_token": str(uuid.uuid4())})
    assert Receipt.objects.count() == 3
    assert asked(lambda: page.get(to("receipt", tender))) == once


@pytest.mark.parametrize("files", [1, 2])
def test_the_form_asks_as_often_with_two_files_as_with_one(page, sara, tender, morgenkveik, files):
    draft = drafted(sara, morgenkveik, tender)
    for _ in range(files):
        add_attachment(submission_id=draft.pk, name="k.pdf", data=pdf(), by=sara, at=LATER)
    desk = Desk(stage_of(tender), [], draft, "")
    assert asked(lambda: files_of(desk)) == 1


@pytest.mark.parametrize("tenders", [1, 3])
def test_what_waits_is_asked_for_in_the_same_statements(sara, ingrid, arne, morgenkveik, tenders):
    for number in range(tenders):
        drafted(sara, morgenkveik, announced(ingrid, arne, name=f"Konkurranse {number}"))
    assert asked(lambda: waiting_for(sara, at=LATER)) == 2


def asked(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_a_file_that_was_changed_in_the_storage_is_not_shown(page, sara, tender, morgenkveik):
    draft = drafted(sara, morgenkveik, tender)
    file = add_attachment(submission_id=draft.pk, name="k.pdf", data=pdf(), by=sara, at=LATER)
    other = add_attachment(submission_id=draft.pk, name="l.pdf", data=pdf(), by=sara, at=LATER)
    Attachment.objects.filter(pk=file.pk).update(file=other.file)
    answer = page.get(to("attachment", tender, file.pk))
    assert answer.status_code == 409
    assert "This file is not as it was when it was sealed, so we do not show it. Write to us." in answer.content.decode()
    assert page.get(to("attachment", tender, other.pk)).status_code == 200


def test_a_receipt_and_the_text_are_read_by_their_owner_after_the_opening(page, sara, ingrid, arne, tender, stage, morgenkveik, clock_at):
    draft = drafted(sara, morgenkveik, tender)
    file = add_attachment(submission_id=draft.pk, name="k.pdf", data=pdf(), by=sara, at=LATER)
    page.post(to("submit", tender), {"draft_no": "1", "form_token": str(uuid.uuid4())})
    before = page.get(to("receipt_json", tender)).json()
    opening = stage.closes_at + timedelta(seconds=60)
    clock_at(opening)
    press_opening(stage_id=stage.pk, by=ingrid, at=opening)
    press_opening(stage_id=stage.pk, by=arne, at=opening)
    assert bytes(Submission.objects.get().draft) == b""
    shown = page.get(to("submission", tender)).content.decode()
    assert "The sketch has been opened by two people at Nav." in shown and TITLE_WRITTEN in shown
    assert page.get(to("attachment", tender, file.pk)).content.startswith(b"%PDF")
    assert page.get(to("receipt_json", tender)).json() == before
    assert TITLE_WRITTEN in page.get(to("receipt", tender)).content.decode()
