"""The pages of a tender's files: fetched by everybody once announced, changed by the officer, and never told of before."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters import pdf as pdf_maker
from tenders import stored_files
from tenders.announcement_pdf import announcement_html
from tenders.commands.announce_tender import announce_tender
from tenders.commands.propose_announcement import propose_announcement
from tenders.models import TenderFile
from tenders.queries.files import listed_files
from tests.amendments_made import amended
from tests.conftest import NOON, make_person
from tests.sketches_made import pdf_with
from tests.tender_files_made import with_file
from tests.tenders.upload_building import SECRET_AUTHOR, pdf
from tests.tenders.upload_corpus import BAD
from tests.tenders_made import announced, describe, hash_seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def as_(db):
    def logged_in(user):
        browser = Client(headers={"accept-language": "en"})
        if user:
            user.language = "en"
            user.save(update_fields=["language"])
            browser.force_login(user)
        return browser

    return logged_in


@pytest.fixture
def draft(ingrid):
    return describe(ingrid)


@pytest.fixture
def public(draft, ingrid, arne):
    with_file(draft, ingrid, NOON, name="Kontrakt – «utkast».pdf")
    with_file(draft, ingrid, NOON, title="Kart over kontorene", name="kart.pdf")
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    announce_tender(tender_id=draft.pk, content_hash=hash_seen(draft), by=arne, at=NOON)
    draft.refresh_from_db()
    return draft


def path(tender, step=""):
    return f"/tenders/{tender.reference}/files/{step}"


def sent(title="Utkast til kontrakt", data=None, name="kontrakt.pdf", **more):
    file = SimpleUploadedFile(name, pdf_with(title or "x") if data is None else data, content_type="application/pdf")
    return {"title": title, "file": file, "without_names": "on", **more}


def messages_of(answer):
    return [str(one) for one in answer.context["messages"]]


def test_the_officer_adds_a_file_and_sees_it_in_the_list(as_, draft, ingrid):
    browser = as_(ingrid)
    empty = browser.get(path(draft)).content.decode()
    assert "No files" in empty and "At most 20 MB" in empty and "twenty files at most" in empty
    answer = browser.post(path(draft, "add/"), sent(), follow=True)
    page = answer.content.decode()
    assert "Added: Utkast til kontrakt." in page
    assert 'value="Utkast til kontrakt"' in page and "kontrakt.pdf" in page
    assert listed_files(draft).get().title == "Utkast til kontrakt"


def test_the_same_form_twice_adds_one_file(as_, draft, ingrid):
    token = "5f0c4bd4-3c54-4df7-9d57-6f1b8d0a4a55"
    for _ in range(2):
        assert as_(ingrid).post(path(draft, "add/"), sent(form_token=token)).status_code == 302
    assert listed_files(draft).count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"title": ""}, "title", "Write an answer here."),
        ({"title": "x" * 121}, "title", "Cut it to at most 120 characters"),
        ({"title": "a\x00b"}, "title", "cannot be kept"),
        ({"data": b""}, "file", "The file is empty"),
        ({"name": "kart.exe"}, "file", "We cannot take this kind of file"),
        ({"name": "kart.docm"}, "file", "The file has macros"),
        ({"data": b"%PDF-1.7" + bytes(20 * 1024 * 1024)}, "file", "The file is larger than 20 MB"),
    ],
)
def test_what_is_wrong_is_said_and_the_title_is_kept(as_, draft, ingrid, changes, field, said):
    answer = as_(ingrid).post(path(draft, "add/"), sent(**changes))
    assert answer.status_code == 200
    form = answer.context["add_form"]
    assert list(form.errors) == [field] and said in " ".join(form.errors[field])
    assert form["title"].value() == changes.get("title", "Utkast til kontrakt")
    assert not TenderFile.objects.exists()


def test_no_file_at_all_is_said(as_, draft, ingrid):
    answer = as_(ingrid).post(path(draft, "add/"), {"title": "Uten fil"})
    assert answer.context["add_form"].errors == {"file": ["Choose a file."]}


@pytest.mark.parametrize(("name", "build"), [row[1:3] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_is_answered_with_its_reason_and_never_with_a_crash(as_, draft, ingrid, name, build):
    answer = as_(ingrid).post(path(draft, "add/"), sent(name=name, data=build()))
    assert answer.status_code == 200
    assert list(answer.context["add_form"].errors) == ["file"]


def test_the_officer_moves_retitles_and_removes(as_, draft, ingrid):
    first, second = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B"))
    browser = as_(ingrid)
    typed = {f"title_{first.pk}": "A ny", f"title_{second.pk}": "B"}
    browser.post(path(draft, "arrange/"), {**typed, "up": str(second.pk)})
    assert [file.title for file in listed_files(draft)] == ["B", "A ny"]
    browser.post(path(draft, "arrange/"), {**typed, "down": str(second.pk)})
    assert [file.title for file in listed_files(draft)] == ["A ny", "B"]
    for nonsense in ({"up": "nei"}, {"up": str(first.pk)}, {"down": str(second.pk)}, {}):
        assert browser.post(path(draft, "arrange/"), {**typed, **nonsense}).status_code == 302
    assert [file.title for file in listed_files(draft)] == ["A ny", "B"]
    browser.post(path(draft, "remove/"), {"file": str(first.pk)})
    assert [file.title for file in listed_files(draft)] == ["B"]


def test_an_empty_title_is_said_at_its_field_and_what_was_typed_is_kept(as_, draft, ingrid):
    first, second = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B"))
    answer = as_(ingrid).post(path(draft, "arrange/"), {f"title_{first.pk}": "", f"title_{second.pk}": "Bedre"})
    form = answer.context["arrange_form"]
    assert list(form.errors) == [f"title_{first.pk}"]
    assert 'value="Bedre"' in answer.content.decode()


def test_a_list_changed_meanwhile_is_said(as_, draft, ingrid):
    first, second = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B"))
    browser = as_(ingrid)
    browser.post(path(draft, "remove/"), {"file": str(first.pk)})
    answer = browser.post(path(draft, "arrange/"), {f"title_{first.pk}": "A"})
    assert answer.status_code == 200 and list(answer.context["arrange_form"].errors) == [f"title_{second.pk}"]


def test_names_in_properties_are_shown_to_those_who_prepare_and_to_nobody_else(as_, draft, ingrid, arne):
    browser = as_(ingrid)
    browser.post(path(draft, "add/"), {**sent(data=pdf()), "without_names": ""})
    assert f"Utkast til kontrakt: {SECRET_AUTHOR}" in browser.get(path(draft)).content.decode()
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    for address in (path(draft), f"/tenders/{draft.reference}/announcement/"):
        assert SECRET_AUTHOR in as_(arne).get(address).content.decode()
    announce_tender(tender_id=draft.pk, content_hash=hash_seen(draft), by=arne, at=NOON)
    for user in (None, ingrid):
        assert SECRET_AUTHOR not in as_(user).get(path(draft)).content.decode()


def test_everybody_sees_the_list_with_kind_size_and_fingerprint(as_, public):
    for address in (path(public), f"/tenders/{public.reference}/", f"/tenders/{public.reference}/announcement/"):
        page = as_(None).get(address).content.decode()
        for file in listed_files(public):
            assert file.title in page and f"files/{file.pk}/" in page
            assert file.sha256 in page.replace("<wbr>", "").replace(" ", "") or file.sha256[:4] in page
    assert "Add a file" not in as_(None).get(path(public)).content.decode()


def test_a_public_file_is_fetched_to_be_saved(as_, public):
    file = listed_files(public).first()
    answer = as_(None).get(path(public, f"{file.pk}/"))
    assert answer.content == stored_files.read(file)
    assert answer["Content-Type"] == "application/pdf"
    assert int(answer["Content-Length"]) == file.size
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Kontrakt%20%E2%80%93%20%C2%AButkast%C2%BB.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["ETag"] == f'"{file.sha256}"'
    head = as_(None).head(path(public, f"{file.pk}/"))
    assert (head.content, int(head["Content-Length"])) == (b"", file.size)


def test_who_has_it_already_is_told_so_without_the_file_being_read(as_, public, tmp_path):
    file = listed_files(public).first()
    (tmp_path / file.file).unlink()
    browser = as_(None)
    for known in (f'"{file.sha256}"', f'W/"{file.sha256}"', "*"):
        answer = browser.get(path(public, f"{file.pk}/"), headers={"if-none-match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == f'"{file.sha256}"'


def test_a_changed_file_is_not_given_out(as_, public, tmp_path):
    file = listed_files(public).first()
    (tmp_path / file.file).write_bytes(b"%PDF-1.7 something else")
    answer = as_(None).get(path(public, f"{file.pk}/"))
    assert answer.status_code == 409
    assert "This file is not as it was when it was added, so we do not show it" in answer.content.decode()


def test_all_files_come_in_one_archive_with_their_fingerprints(as_, public):
    answer = as_(None).get(path(public, "all.zip"))
    assert answer["Content-Disposition"] == f'attachment; filename="nyvei-{public.reference}.zip"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["01 Kontrakt – «utkast».pdf", "02 kart.pdf", "SHA256SUMS"]
        sums = archive.read("SHA256SUMS").decode()
        for file in listed_files(public):
            assert archive.read(f"{file.place:02d} {file.name}") == stored_files.read(file)
            assert f"{file.sha256}  {file.place:02d} {file.name}\n" in sums


def test_a_drafts_files_are_nobodys_to_know_of(as_, draft, ingrid, arne, ragnhild, sara):
    file = with_file(draft, ingrid, NOON, title="Hemmelig kart")
    for user in (None, sara, arne):
        for step in ("", f"{file.pk}/", "all.zip"):
            answer = as_(user).get(path(draft, step))
            assert answer.status_code == 404 and b"Hemmelig" not in answer.content
    for user in (ingrid, ragnhild):
        assert "Hemmelig kart" in as_(user).get(path(draft)).content.decode()
        answer = as_(user).get(path(draft, f"{file.pk}/"))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store" and "ETag" not in answer


def test_a_file_under_another_tender_is_not_found(as_, public, ingrid, arne):
    other = announced(ingrid, arne)
    file = listed_files(public).first()
    assert as_(ingrid).get(path(other, f"{file.pk}/")).status_code == 404
    assert as_(ingrid).post(path(other, "remove/"), {"file": str(file.pk)}).status_code == 404


def test_what_is_made_ready_is_not_told_to_others(as_, public, ingrid, arne, sara):
    before = [as_(user).get(path(public)).content for user in (None, sara)]
    with_file(public, ingrid, NOON, title="Nytt kart")
    ready = TenderFile.objects.get(title="Nytt kart")
    after = [as_(user).get(path(public)).content for user in (None, sara)]
    assert [len(page) for page in before] == [len(page) for page in after]
    assert as_(sara).get(path(public, f"{ready.pk}/")).status_code == 404
    for user in (ingrid, arne):
        assert "Nytt kart" in as_(user).get(path(public)).content.decode()
        assert as_(user).get(path(public, f"{ready.pk}/")).status_code == 200
    as_(ingrid).post(path(public, "remove/"), {"file": str(ready.pk)})
    assert as_(ingrid).get(path(public, f"{ready.pk}/")).status_code == 404


def test_only_the_officer_posts(as_, draft, arne, sara, ragnhild, ingrid):
    file = with_file(draft, ingrid, NOON)
    stranger = make_person("Stine Dahl")
    for user, status in ((ragnhild, 409), (arne, 404), (sara, 404), (stranger, 404)):
        for step, form in (("add/", sent()), ("arrange/", {f"title_{file.pk}": "B"}), ("remove/", {"file": str(file.pk)})):
            assert as_(user).post(path(draft, step), form).status_code == status
    assert [row.title for row in listed_files(draft)] == ["Utkast til kontrakt"]


def test_the_page_asks_the_database_the_same_with_one_file_and_with_three(as_, ingrid, arne):
    counts = set()
    for number in (1, 3):
        tender = describe(ingrid)
        for no in range(number):
            with_file(tender, ingrid, NOON, title=f"Vedlegg {no}")
        for user in (ingrid,):
            browser = as_(user)
            with CaptureQueriesContext(connection) as asked:
                browser.get(path(tender))
            counts.add((user.pk, len(asked)))
    assert len(counts) == 1


def test_the_announcement_on_paper_says_what_the_page_says(public, ingrid, arne):
    html = announcement_html(public)
    for file in listed_files(public):
        assert file.title in html and f"{settings.SITE_URL}/tenders/{public.reference}/files/{file.pk}/" in html
    assert public.need.split("\n")[0] in html and "As it was announced" in html
    amended(public, ingrid, arne, NOON, material=False, values={"need": "Klarere sagt.", "files": []})
    public.refresh_from_db()
    html = announcement_html(public)
    assert "Klarere sagt." in html and "With amendment 1" in html and "/files/" not in html


def test_the_paper_is_for_everybody_from_the_announcement_on_and_made_once(as_, draft, public, ingrid, arne, monkeypatch):
    other = describe(ingrid)
    address = "/tenders/{}/announcement.pdf".format
    for user in (None, ingrid):
        assert as_(user).get(address(other.reference)).status_code == 404
    first = as_(None).get(address(public.reference))
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF-")
    monkeypatch.setattr(pdf_maker, "render_pdf", lambda _html: b"made anew")
    assert as_(None).get(address(public.reference)).content == first.content
    amended(public, ingrid, arne, NOON, material=False, values={"need": "Klarere sagt."})
    assert as_(None).get(address(public.reference)).content == b"made anew"
    monkeypatch.setattr(pdf_maker, "available", lambda: False)
    answer = as_(None).get(address(public.reference))
    assert answer.status_code == 409 and "No PDF can be made here just now. The page of the announcement says" in answer.content.decode()
