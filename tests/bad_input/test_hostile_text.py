"""Text that would be markup, a template, a script or an address is the text it is, in every place where it stands."""

import io
import re

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Organisation, User
from evaluation.commands.press_opening import press_opening
from letters import pdf
from letters.models import Letter
from letters.tasks import mail_letters
from suppliers.documents.receipt import receipt_html
from suppliers.models import Receipt
from tenders.models import Question, Tender
from tests.bad_input.corpus import HOSTILE
from tests.bad_input.sending import read, squeezed
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.panel_made import all_declared
from tests.stages_made import from_when
from tests.tenders_made import give_reasons

pytestmark = pytest.mark.django_db
ALL = " ".join(HOSTILE.values())


def shown_as_text(html: str, *typed: str) -> None:
    """Everything that was typed stands there letter for letter, and nothing of it acts."""
    page = read(html)
    seen = squeezed(" ".join([*page.text, *page.values]))
    for text in typed:
        assert squeezed(text) in seen, f"{text[:60]!r} does not stand on the page"
    assert not page.acts, page.acts


def get(desk, persona, name, *args):
    answer = desk.get(persona, reverse(name, args=args))
    assert answer.status_code == 200, f"{name} as {persona}: {answer.status_code}"
    return answer.content.decode()


def _plain(sent: mail.EmailMessage) -> bool:
    """A mail of text only, with a subject of one line."""
    return sent.content_subtype == "plain" and not getattr(sent, "alternatives", None) and not re.search(r"[\r\n]", sent.subject)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_name_of_an_organisation(desk, text):
    organisation = desk.world.organisation
    assert desk.send("describe", {"name": text, "address": text}).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == text
    desk.send("declaration", {"social_purpose": text, "new_way": text})
    pages = [
        ("", "suppliers:directory"),
        ("", "suppliers:organisation", organisation.number),
        ("member", "suppliers:organisation", organisation.number),
        ("member", "suppliers:describe", organisation.number),
        ("member", "suppliers:declaration", organisation.number),
    ]
    for persona, *place in pages:
        shown_as_text(get(desk, persona, *place), text)


def test_an_application_from_declaration_to_the_letter(desk):
    world = desk.world
    organisation = Organisation.objects.get(pk=world.application.organisation_id)
    name = "".join(HOSTILE[key] for key in ("X1", "T1", "T6"))
    described = reverse("suppliers:describe", args=[organisation.number])
    form = form_to(desk.get("other", described).content.decode(), page=described)
    assert desk.client("other").post(described, {**form.data, "name": name, "address": "Gata 1 {secret}"}).status_code == 302
    assert desk.send("ask_applicant", {"text": ALL}).status_code == 302
    shown_as_text(get(desk, "reviewer", "suppliers:review", world.application.pk), ALL, name)
    shown_as_text(get(desk, "other", "suppliers:prequalification", organisation.number), ALL)
    waiting = reverse("suppliers:prequalification", args=[organisation.number])
    assert desk.client("other").post(waiting, {"answer": ALL}).status_code == 302
    assert desk.send("review", {"grounds": ALL}).status_code == 302
    shown_as_text(get(desk, "reviewer", "suppliers:prequalifications"), name)
    letter = Letter.objects.filter(organisation=organisation, batch__kind="prequalification_decision").latest("batch__created_at")
    shown_as_text(letter.body, ALL, name, "Gata 1 {secret}")
    mail_letters()
    assert any(name in sent.body for sent in mail.outbox), "the reviewer is told by whom the question was answered"
    assert all(_plain(sent) for sent in mail.outbox)


def test_nothing_in_a_letter_is_fetched_linked_or_attached(desk):
    if not pdf.available():
        pytest.skip("PDFs cannot be made on this machine")
    more = "<img src=file:///etc/passwd><link rel=attachment href=file:///etc/passwd><style>@import url(http://evil.example)</style>"
    assert desk.send("review", {"grounds": f"{ALL} {more}"}).status_code == 302
    made = pdf.render_pdf(Letter.objects.latest("batch__created_at").body)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert not document.attachments
        found = [str(kept.get("/S", "")) for kept in document.objects if isinstance(kept, pikepdf.Dictionary) and "/S" in kept]
    assert not {"/URI", "/JavaScript", "/Launch"} & set(found)


def test_a_question_and_its_answer(desk):
    reference = desk.world.tenders["open"].reference
    assert desk.send("question", {"text": ALL}).status_code == 302
    question = Question.objects.latest("asked_at")
    shown_as_text(get(desk, "newcomer", "tenders:questions", reference), ALL)
    shown_as_text(get(desk, "officer", "tenders:questions", reference), ALL)
    answering = reverse("tenders:answer", args=[reference, question.pk])
    shown_as_text(get(desk, "officer", "tenders:answer", reference, question.pk), ALL)
    assert desk.client("officer").post(answering, {"answer": f"Svar: {ALL}"}).status_code == 302
    for name in ("tenders:questions", "insight:tender"):
        shown_as_text(get(desk, "", name, reference), ALL, f"Svar: {ALL}")
    mail_letters()
    told = [sent for sent in mail.outbox if "Svar: " in sent.body]
    assert told and all(squeezed(ALL) in squeezed(sent.body) and _plain(sent) for sent in told)
    letter = Letter.objects.get(batch__kind="question_answered", user=desk.world.newcomer, body__contains="Svar: ")
    shown_as_text(get(desk, "newcomer", "letters:letter", letter.pk), ALL)


def test_an_announcement_its_levels_and_the_reason_it_came_back(desk):
    short = "".join(HOSTILE[key] for key in ("X1", "X2"))
    tender = desk.world.tenders["draft"]
    typed = {
        "need": {"name": short, "heading": short, "summary": short, "need": ALL, "target_group": ALL, "wanted_effect": ALL, "adopter": ALL}
        | {"known": ALL, "who_counts": ALL, "adoption_budget": ALL, "adoption_from": short},
        "terms": {"climate_text": ALL, "legal_basis": ALL},
        "value": {"options_amount": "1", "options_text": ALL, "later_amount": "1", "later_text": ALL, "research_ground": ALL},
        "criteria": {"name_1_1": short, "question_1_1": short, "level_1_1_9": short},
    }
    for section, values in typed.items():
        sent = desk.send(section, values)
        assert sent.status_code in {200, 302}
        if sent.status_code == 200:  # a criterion without that level
            values.pop("level_1_1_9", None)
            assert desk.send(section, values).status_code == 302
        shown_as_text(get(desk, "officer", "tenders:announcement_section", tender.reference, section), *values.values())
    shown_as_text(get(desk, "officer", "tenders:announcement", tender.reference), short, ALL)
    tender.refresh_from_db()
    give_reasons(tender, desk.world.officer, NOON)
    shown_as_text(get(desk, "officer", "tenders:threshold", tender.reference), ALL)
    proposed = desk.client("officer").post(reverse("tenders:propose", args=[tender.reference]), {"approver": str(desk.world.approver.pk)})
    assert proposed.status_code == 302
    shown_as_text(get(desk, "approver", "tenders:announcement", tender.reference), short, ALL)
    shown_as_text(get(desk, "approver", "insight:my_work"), short)
    back = desk.client("approver").post(reverse("tenders:return", args=[tender.reference]), {"reason": ALL})
    assert back.status_code == 302
    shown_as_text(get(desk, "officer", "tenders:announcement", tender.reference), ALL)
    shown_as_text(get(desk, "officer", "insight:case_journal", tender.reference), ALL)


def test_an_announced_tender_with_such_a_name(desk):
    short = "".join(HOSTILE[key] for key in ("X1", "X2"))
    Tender.objects.filter(pk=desk.world.tenders["open"].pk).update(name=short, heading=short, need=ALL)
    reference = desk.world.tenders["open"].reference
    for persona in ("", "member", "officer"):
        for name, *args in (("insight:front",), ("tenders:list",), ("insight:tender", reference), ("tenders:announcement", reference)):
            shown_as_text(get(desk, persona, name, *args), short)
    shown_as_text(desk.get("", f"{reverse('tenders:list')}?q=%3Cscript%3Ealert(1)").content.decode(), "<script>alert(1)")


def test_a_sketch_from_the_form_to_those_who_open_it(desk):
    world = desk.world
    tender, place = world.tenders["open"], [world.tenders["open"].reference, 1]
    title = "".join(HOSTILE[key] for key in ("X1", "X2", "T1"))
    assert desk.send("sketch", {"answer_title": title, "answer_{first}": ALL, "do": "review"}).status_code == 302
    shown_as_text(get(desk, "member", "suppliers:submission", *place), title, ALL)
    review = get(desk, "member", "suppliers:review_submission", *place)
    shown_as_text(review, title, ALL)
    form = form_to(review, reverse("suppliers:submit", args=place))
    assert desk.client("member").post(form.action, form.data).status_code == 302
    shown_as_text(get(desk, "member", "suppliers:receipt", *place), title)
    receipt = Receipt.objects.filter(version__submission=world.own["open"]).latest("received_at")
    shown_as_text(receipt_html(receipt, title=title), title)
    for person in (world.officer, world.approver):
        press_opening(stage_id=world.stage("open").pk, by=person, at=from_when(tender))
    all_declared(world.stage("open"), world.officer, at=from_when(tender))
    read_by_staff = get(desk, "officer", "evaluation:submission", tender.reference, world.own["open"].pk)
    shown_as_text(read_by_staff, title, ALL)
    shown_as_text(get(desk, "officer", "evaluation:submissions", tender.reference))


@pytest.mark.parametrize("key", ["X1", "X2", "T1", "T2", "T5", "X11"])
def test_the_name_of_a_person(desk, key):
    assert desk.send("signup", {"name": HOSTILE[key]}).status_code == 302
    person = User.objects.get(email="ny@nyvei.example")
    assert person.name == HOSTILE[key]
    desk.client("").force_login(person)
    shown_as_text(desk.get("", reverse("insight:my_work")).content.decode(), HOSTILE[key])
    assert mail.outbox and all(_plain(sent) for sent in mail.outbox)


@pytest.mark.parametrize("typed", ["Sara\nBcc: alle@evil.example", "Sara\r\nSubject: Gratis"])
def test_a_name_of_several_lines_becomes_one(desk, typed):
    assert desk.send("signup", {"name": typed}).status_code == 302
    assert User.objects.get(email="ny@nyvei.example").name == squeezed(typed)
    assert desk.send("describe", {"name": typed}).status_code == 302
    desk.world.organisation.refresh_from_db()
    assert desk.world.organisation.name == squeezed(typed)
    [sent] = [sent for sent in mail.outbox if sent.to == ["ny@nyvei.example"]]
    headers = [name for name, _value in sent.message().items()]
    assert "Bcc" not in headers and headers.count("Subject") == 1
    assert _plain(sent)
