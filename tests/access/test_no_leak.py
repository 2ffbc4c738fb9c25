"""What is sealed stays sealed: a sign written into a sketch is found nowhere before the opening, and nothing counts."""

import base64
import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suppliers.forms.submission import name_of
from suppliers.models import Submission
from tests.access.addresses import all_addresses, path_of
from tests.access.asking import Crowd, crowd_in_a_new_world, in_state, taken_back
from tests.access.sealed_pages import GETS, NOT_COMPARED, cells_of, masked
from tests.forms_on_pages import form_to
from tests.sketches_made import Sketch, pdf_with
from tests.world import ANON, PERSONAS, World

pytestmark = pytest.mark.django_db

MARK = "Q7fJ2xVb9LmTz4RkWc8NpYd3HsGa6EuXv1BtKq5ZwMj0CrPoDiFhUyAgSlEnOxI7"
ASKED = "R8gK3yWc0MnUa5SlXd9OqZe4ItHb7FvYw2CuLr6AxNk1DsQpEjGiVzBhTmFoPyJ8"
OWN_PAGES = {
    "suppliers:submission",
    "suppliers:missing",
    "suppliers:attachment",
    "suppliers:review_submission",
    "suppliers:receipt",
    "suppliers:receipt_json",
    "suppliers:receipt_pdf",
}
LIST_QUESTIONS = ("?q={}", "?page={}", "?state=sealed&order=score&group={}", "?event={}")


def sketch_with(mark: str) -> Sketch:
    return Sketch(title=f"Vi kaller den {mark}", answer=f"Svaret er {mark} og ikke noe annet.", file_name=f"{mark}.pdf", in_file=mark)


def traces_of(mark: str) -> list[bytes]:
    """The sign as it stands, and as it may have been written: in another alphabet, or in another width."""
    plain = mark.encode()
    shifted = [base64.b64encode(b"x" * shift + plain)[shift + 2 : -4] for shift in range(3)]
    return [plain, plain.lower(), plain.hex().encode(), plain.decode().encode("utf-16-le"), *shifted]


def found_in(blob: bytes, mark: str = MARK) -> bool:
    return any(trace in blob for trace in traces_of(mark))


def test_the_signs_are_told_apart_and_found_however_they_are_written():
    assert len(MARK) == len(ASKED) == 64
    assert not found_in(ASKED.encode())
    for written in (MARK, f"«{MARK}»", MARK.lower(), base64.b64encode(f"ab{MARK}cd".encode()).decode(), MARK.encode().hex()):
        assert found_in(written.encode()), written


@pytest.fixture(scope="module")
def log() -> Iterator[list[str]]:
    """Every line that anybody logs, with what hangs on it. Whoever sets up logging anew meanwhile changes nothing here."""
    written: list[str] = []
    usual, root = logging.getLogRecordFactory(), logging.getLogger()
    level = root.level

    def noting(*args: object, **more: object) -> logging.LogRecord:
        record = usual(*args, **more)
        written.append(f"{record.getMessage()} {record.__dict__}{traceback.format_exc() if record.exc_info else ''}")
        return record

    logging.setLogRecordFactory(noting)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    logging.setLogRecordFactory(usual)


@dataclass
class Sealed:
    """A world in which Sara has handed in the sign, those who look at it, and all that was mailed."""

    crowd: Crowd
    world: World
    mails: list[EmailMessage]


@pytest.fixture(scope="module")
def sealed(log, django_db_setup, django_db_blocker) -> Iterator[Sealed]:
    """To the closed tender she has handed in by commands, to the open one in the browser's way."""
    with django_db_blocker.unblock(), crowd_in_a_new_world(sketch=sketch_with(MARK), handed_in=3) as crowd:
        hand_in_by_page(crowd.world)
        call_command("sweep")
        yield Sealed(crowd, crowd.world, list(mail.outbox))


def hand_in_by_page(world: World) -> None:
    """What stands in the open tender is withdrawn, and written anew through the pages, file and all."""
    place = [world.tenders["open"].reference, 1]
    sara = Client()
    sara.force_login(world.member)
    assert sara.post(reverse("suppliers:withdraw", args=place)).status_code == 302
    assert sara.post(reverse("suppliers:start_submission", args=place), {"organisation": world.organisation.number}).status_code == 302
    address = reverse("suppliers:submission", args=place)
    written = {name_of("title"): f"Vi kaller den {MARK}", "draft_no": 0, "files": a_file(), "do": "review"}
    written |= {name_of(row.key): f"Svaret er {MARK}." for row in world.stage("open").fields.all()}
    sent = sara.post(address, written)
    assert sent.status_code == 302, sent.content.decode()
    review = sara.get(sent["Location"]).content.decode()
    assert MARK in review
    form = form_to(review, reverse("suppliers:submit", args=place))
    received = sara.post(form.action, form.data)
    assert received.status_code == 302 and "receipt" in received["Location"]
    world.own["open"] = Submission.objects.get(organisation=world.organisation, stage=world.stage("open"), phase="submitted")


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{MARK}.pdf", pdf_with(MARK), "application/pdf")


def sealed_states(name: str) -> tuple[str, ...]:
    if not all_addresses()[name][0].of_tender:
        return ("-",)
    if name.startswith("evaluation:"):
        return ("open", "closed", "pressed")
    return ("writing", "closed") if name in OWN_PAGES else ("open", "closed")


def test_before_the_opening_only_the_pages_of_those_who_sent_it_show_the_sketch(sealed, counted):
    crowd, world = sealed.crowd, sealed.world
    leaks, own, asked = [], set(), 0
    for name in GETS:
        for state in sealed_states(name):
            with in_state(world, state) as base:
                path = path_of(world, name, base)
                for persona in PERSONAS:
                    if cells_of(name, state).get(persona) == "L":
                        continue
                    asked += 1
                    response = crowd.ask(persona, "GET", path).response
                    if found_in(response.content + repr(response.headers).encode()):
                        own.add(name)
                        if name not in OWN_PAGES or persona not in {"member", "contributor"}:
                            leaks.append(f"{path} as {persona} in {state}")
    counted(f"sealed sketch: looked for on {asked} pages; it stands on {len(own)} kinds of page of those who sent it")
    assert {"suppliers:submission", "suppliers:attachment", "suppliers:review_submission"} <= own
    assert not leaks, "\n".join(leaks)


def test_a_search_for_the_sign_answers_as_a_search_for_anything_else(sealed):
    crowd = sealed.crowd
    differing = []
    for name in GETS:
        if all_addresses()[name][0].kwargs or name in NOT_COMPARED or name.startswith("account_"):
            continue
        path = path_of(sealed.world, name, "-")
        for persona in (ANON, "other", "officer", "auditor", "admin"):
            for question in LIST_QUESTIONS:
                answers = [crowd.ask(persona, "GET", path + question.format(words)).response for words in (MARK, ASKED)]
                real, other = (masked(answer.content).replace(words, "?") for answer, words in zip(answers, (MARK, ASKED), strict=True))
                if real != other or answers[0].status_code != answers[1].status_code:
                    differing.append(f"{path}{question} as {persona}")
    assert not differing, "\n".join(differing)


def test_mails_journal_traces_logs_rows_and_files_hold_no_sign(sealed, log):
    for state in ("closed", "opened"):
        sealed.crowd.clients["officer"].get(path_of(sealed.world, "evaluation:submissions", state))
    sealed.crowd.ask("other", "GET", path_of(sealed.world, "suppliers:attachment", "closed"))
    assert sealed.mails, "receipts have been mailed"
    for sent in sealed.mails:
        assert not found_in(sent.message().as_bytes()), sent.subject
    assert any("Not Found" in line for line in log), "the log was listened to"
    assert not [line for line in log if found_in(line.encode())]
    where = [f"{table}.{column}" for table, column in rows_with(MARK)]
    assert not where, where
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert files, "sealed files lie in the storage"
    assert not [path for path in files if found_in(path.read_bytes()) or found_in(path.name.encode())]


def test_the_search_through_the_rows_finds_what_is_not_sealed(sealed):
    """So that the test above is not silent because it looks nowhere."""
    with taken_back():
        User.objects.filter(pk=sealed.world.officer.pk).update(name=f"Ingrid {MARK}")
        assert rows_with(MARK) == {("accounts_user", "name")}


def rows_with(mark: str) -> set[tuple[str, str]]:
    """Every table and column of the database in which the sign stands, as text or as bytes."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {(table, column) for column, value in zip(columns, row, strict=True) if found_in(as_bytes(value), mark)}
    return found


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()
