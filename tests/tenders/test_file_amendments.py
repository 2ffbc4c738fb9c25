"""Files change after the announcement by an amendment only, and what was announced stays readable."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.refused import Refused
from tenders.amendment_words import plain_lines, shown_changes
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.announce_tender import announce_tender
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.remove_tender_file import remove_tender_file
from tenders.documents import announcement_content
from tenders.models import TenderFile
from tenders.models.file import MAX_FILES
from tenders.queries.files import earlier_files, files_made_ready, listed_files
from tenders.readiness import NotReady
from tests.amendments_made import amended, asked_to_amend
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.tender_files_made import with_file
from tests.tenders_made import describe, hash_seen

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tender(ingrid, arne):
    draft = describe(ingrid)
    for title in ("Kontrakt", "Kart"):
        with_file(draft, ingrid, NOON, title=title, name=f"{title.lower()}.pdf")
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=draft.pk, content_hash=hash_seen(draft), by=arne, at=NOON)
    draft.refresh_from_db()
    return draft


def keys(tender, *titles):
    return [str(file.pk) for file in TenderFile.objects.filter(tender=tender, title__in=titles)]


def listed(tender):
    return [(file.place, file.title) for file in listed_files(tender)]


@pytest.mark.engine
def test_a_file_is_replaced_and_the_earlier_one_stays_readable(tender, ingrid, arne, client):
    old = listed_files(tender).get(title="Kontrakt")
    with_file(tender, ingrid, LATER, title="Kontrakt, rettet")
    amendment = amended(tender, ingrid, arne, LATER, values={"files": keys(tender, "Kart", "Kontrakt, rettet")})
    assert listed(tender) == [(1, "Kart"), (2, "Kontrakt, rettet")]
    assert [file["title"] for file in amendment.content["files"]] == ["Kart", "Kontrakt, rettet"]
    assert [one["field"] for one in amendment.changes] == ["files"]
    [gone] = earlier_files(tender)
    assert (gone.pk, gone.removed_at, gone.removed_by, gone.public_since) == (old.pk, LATER, arne, NOON)
    assert listed_files(tender).get(place=2).public_since == LATER
    page = client.get(f"/tenders/{tender.reference}/files/").content.decode()
    assert "Tatt ut ved endringer" in page
    assert client.get(f"/tenders/{tender.reference}/files/{old.pk}/").status_code == 200


def test_nothing_changes_before_it_is_announced(tender, ingrid, arne):
    with_file(tender, ingrid, LATER, title="Ny")
    before = announcement_content(tender)["files"]
    asked_to_amend(tender, ingrid, LATER, values={"files": keys(tender, "Kontrakt", "Kart", "Ny")})
    assert announcement_content(tender)["files"] == before
    assert files_made_ready(tender).get().public_since is None


def test_what_the_approver_reads_holds_the_files_and_they_are_frozen_meanwhile(tender, ingrid, arne):
    ready = with_file(tender, ingrid, LATER, title="Ny")
    approval = asked_to_amend(tender, ingrid, LATER, values={"files": keys(tender, "Kontrakt", "Kart", "Ny")})
    assert ready.sha256 in str(approval.content)
    for act in (lambda: remove_tender_file(file_id=ready.pk, by=ingrid, at=LATER), lambda: with_file(tender, ingrid, LATER)):
        with pytest.raises(Refused, match="This is already waiting for approval"):
            act()
    TenderFile.objects.filter(tender=tender, title="Kart").update(place=None)
    with pytest.raises(Refused, match="The announcement was changed after this was proposed"):
        announce_amendment(approval_id=approval.pk, content_seen=approval.content_hash, by=arne, at=LATER)


def test_the_same_files_are_no_change(tender, ingrid):
    with pytest.raises(NotReady, match="Nothing is changed yet"):
        asked_to_amend(tender, ingrid, LATER, values={"files": keys(tender, "Kontrakt", "Kart")})


def test_all_files_can_be_taken_out(tender, ingrid, arne):
    amended(tender, ingrid, arne, LATER, values={"files": []})
    assert listed(tender) == [] and earlier_files(tender).count() == 2


def test_a_file_that_is_taken_out_comes_back_only_as_a_new_one(tender, ingrid, arne):
    kept = keys(tender, "Kart")
    amended(tender, ingrid, arne, LATER, values={"files": kept})
    for strange in (keys(tender, "Kontrakt"), ["nonsense"]):
        with pytest.raises(Refused, match="A file you chose is not there any more"):
            asked_to_amend(tender, ingrid, LATER, values={"files": [*kept, *strange]})


def test_no_more_than_twenty_stand(tender, ingrid):
    for no in range(MAX_FILES - 1):
        with_file(tender, ingrid, LATER, title=f"Vedlegg {no}")
    every = [str(key) for key in TenderFile.objects.filter(tender=tender).values_list("pk", flat=True)]
    with pytest.raises(NotReady, match="A tender has twenty files at most"):
        asked_to_amend(tender, ingrid, LATER, values={"files": every})


def test_files_and_words_are_amended_together_and_told_together(tender, ingrid, arne):
    with_file(tender, ingrid, LATER, title="Ny", name="ny.pdf")
    values = {"need": "Klarere sagt.", "files": keys(tender, "Kontrakt", "Ny")}
    amendment = amended(tender, ingrid, arne, LATER, values=values)
    shown = shown_changes(amendment.changes, tender.stages.all())
    assert [one.label for one in shown] == ["The need", "Files"]
    pieces = [(piece.kind, piece.text.split(" (")[0]) for piece in shown[1].pieces if piece.kind != "same"]
    assert pieces == [("out", "«Kart»"), ("in", "«Ny»")]
    assert "ny.pdf" in shown[1].after and listed_files(tender).get(place=2).sha256 in plain_lines(shown)


def test_the_form_offers_what_stands_and_what_is_ready(tender, ingrid, arne):
    with_file(tender, ingrid, NOON, title="Ny")
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(ingrid)
    address = f"/tenders/{tender.reference}/amendments/new/"
    form = form_to(browser.get(address).content.decode(), address)
    assert form.data["files"] == [str(file.pk) for file in listed_files(tender)]
    chosen = keys(tender, "Kart", "Ny")
    answer = browser.post(address, {**form.data, "files": chosen, "reason": "Nytt kart.", "material": "no"})
    assert answer.status_code == 302
    page = browser.get(address).content.decode()
    assert "«Kontrakt» (kontrakt.pdf" in page and "«Ny» (" in page


def test_a_choice_that_is_not_there_is_said(tender, ingrid):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(ingrid)
    address = f"/tenders/{tender.reference}/amendments/new/"
    form = form_to(browser.get(address).content.decode(), address)
    answer = browser.post(address, {**form.data, "files": ["nonsense"], "reason": "Nytt kart.", "material": "no"})
    assert answer.status_code == 200 and "files" in answer.context["form"].errors
