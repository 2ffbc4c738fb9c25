"""What comes through the whole stack of the real application: cut off, without length, too large, not a form of ours."""

import io
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.core import signals
from django.db import close_old_connections
from django.middleware.csrf import _get_new_csrf_string as new_csrf
from django.urls import reverse

from config.wsgi import application
from suppliers import envelopes
from suppliers.models import Submission
from tests.bad_input.sending import main_of, nothing_stored, read, squeezed, still_typed
from tests.forms_on_pages import form_to

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "----nyvei7MA4YWxkTrZu0gW"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@contextmanager
def a_connection_that_stays():
    """The world stands in a transaction that is open, so no request may begin or end with a connection of its own."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


class Browser:
    """Speaks to the application as a server does, with the cookies of somebody who is logged in."""

    def __init__(self, client) -> None:
        self.token = new_csrf()
        self.cookies = "; ".join([f"{name}={morsel.value}" for name, morsel in client.cookies.items()] + [f"csrftoken={self.token}"])

    def send(self, path: str, body: bytes, kind: str, length: str | None = "", **more: str):
        """Status and page. `length` is what the request says of itself: the truth when it is empty, nothing when it is None."""
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": kind,
            "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": self.token,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **more,
        }
        if length is not None:
            environ["CONTENT_LENGTH"] = length or str(len(body))
        said = []
        with a_connection_that_stays():
            page = b"".join(application(environ, lambda status, headers: said.append((status, headers))))
        return int(said[0][0].split()[0]), page.decode()


@pytest.fixture
def sara(desk) -> Browser:
    return Browser(desk.client("member"))


@pytest.fixture
def form(desk):
    """The sketch of the page, filled in anew: path, and fields."""
    path = reverse("suppliers:submission", args=[desk.world.tenders["open"].reference, 1])
    written = form_to(desk.get("member", path).content.decode(), path).data
    del written["csrfmiddlewaretoken"]  # stands in the header
    return path, {**written, "answer_title": "Blåbær og brød på ny", "do": "save"}


def parts(fields: dict[str, str], *files: tuple[str, bytes], end: bool = True) -> bytes:
    lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, content in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
        lines += [head.encode() + content + b"\r\n"]
    return b"".join(lines) + (f"--{BOUNDARY}--\r\n".encode() if end else b"")


def title(desk) -> str:
    return envelopes.read_draft(Submission.objects.select_related("stage").get(pk=desk.world.own["open"].pk))["title"]


def check(page: str, says: str) -> None:
    assert read(page).lang == "nb"
    assert says in squeezed("".join(read("<main" + main_of(page)).text))


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART], ids=["urlencoded", "multipart"])
def test_a_whole_form_is_taken(desk, sara, form, kind):
    path, fields = form
    body = urlencode(fields).encode() if kind == URLENCODED else parts(fields)
    assert sara.send(path, body, kind)[0] == 302
    assert title(desk) == "Blåbær og brød på ny"


CUT = "Forbindelsen ble brutt"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART], ids=["urlencoded", "multipart"])
def test_a_form_that_was_cut_off(desk, sara, form, kind, share):
    path, fields = form
    body = urlencode(fields).encode() if kind == URLENCODED else parts(fields, ("kart.pdf", b"x" * 5000))
    with nothing_stored():
        status, page = sara.send(path, body[: int(len(body) * share)], kind, str(len(body)))
    assert status == 400
    check(page, CUT)


def test_a_form_in_parts_without_its_end(desk, sara, form):
    path, fields = form
    with nothing_stored():
        status, page = sara.send(path, parts(fields, end=False), MULTIPART)
    assert status == 400
    check(page, CUT)


def test_a_server_that_cannot_read_on(desk, sara, form, monkeypatch):
    """The connection is reset while the body is read: the same answer, and no fault in the log."""
    path, fields = form
    body = urlencode(fields).encode()

    class Reset(io.BytesIO):
        def read(self, *_size: int) -> bytes:
            raise ConnectionResetError

    with nothing_stored():
        status, page = sara.send(path, b"", URLENCODED, str(len(body)), **{"wsgi.input": Reset()})
    assert status == 400
    check(page, CUT)


@pytest.mark.parametrize("more", [{}, {"HTTP_TRANSFER_ENCODING": "chunked"}], ids=["nothing", "chunked"])
def test_a_form_without_its_length(desk, sara, form, more):
    path, fields = form
    with nothing_stored():
        status, page = sara.send(path, urlencode(fields).encode(), URLENCODED, None, **more)
    assert status == 411
    check(page, "Send det på nytt.")


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        ("&".join(f"felt{no}=x" for no in range(2000)).encode(), URLENCODED, "Gå tilbake"),
        (parts({f"felt{no}": "x" for no in range(10_000)}), MULTIPART, "Gå tilbake"),
        (b"text=" + b"x" * 3_000_000, URLENCODED, "Her er det mer tekst enn vi kan ta imot"),
        (parts({"text": "x" * 3_000_000}), MULTIPART, "Her er det mer tekst enn vi kan ta imot"),
        (parts({}, *((f"{no}.pdf", b"x") for no in range(30))), MULTIPART, "Her er det flere filer enn vi kan ta imot"),
        (b"text=Bl\xe5b\xe6r", URLENCODED, "et tegnsett vi ikke leser"),
        (parts({"text": "hei \\ud800"}), f"{MULTIPART}; charset=unicode_escape", "et tegnsett vi ikke leser"),
        (parts({"text": "hei"}), f"{MULTIPART}; charset=utf-16", "et tegnsett vi ikke leser"),
        (b"hei", "multipart/form-data", CUT),
    ],
    ids=["2000 fields", "10000 parts", "3 MB", "3 MB in a part", "30 files", "latin-1", "half a character", "utf-16", "no boundary"],
)
def test_a_form_that_is_no_form_of_ours(desk, sara, body, kind, says):
    path = reverse("tenders:questions", args=[desk.world.tenders["open"].reference])
    began = time.perf_counter()
    with nothing_stored():
        status, page = sara.send(path, body, kind)
    assert status == 400
    assert time.perf_counter() - began < 5
    check(page, says)


def test_a_form_too_large_for_anything(desk, sara, form):
    with nothing_stored():
        status, page = sara.send(form[0], b"x", MULTIPART, str(61 * 1024 * 1024))
    assert status == 413
    check(page, "Gjør filene mindre")


def test_a_file_that_is_too_large(desk, sara, form):
    """20 MB and one byte: the file is refused by name, and what was written is still there."""
    path, fields = form
    status, page = sara.send(path, parts(fields, ("stor.pdf", b"x" * (20 * 1024 * 1024 + 1))), MULTIPART)
    assert status == 422
    check(page, "stor.pdf: ")
    assert "Blåbær og brød på ny" in still_typed(page)


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART], ids=["urlencoded", "multipart"])
def test_a_field_that_comes_twice(desk, sara, form, kind):
    """Neither the first nor the last is chosen."""
    path, fields = form
    twice = (urlencode(fields) + "&answer_title=Noe+annet").encode()
    if kind == MULTIPART:
        twice = parts({"answer_title": "Noe annet"}, end=False) + parts(fields)
    with nothing_stored():
        status, page = sara.send(path, twice, kind)
    assert status == 400
    check(page, "svarte på det samme to ganger")


def test_boxes_that_several_can_be_ticked_of_are_taken(desk):
    assert desk.send("need", {"counties": ["NO081", "NO020"]}).status_code == 302
    assert desk.world.tenders["draft"].counties.count() == 2
    follow = reverse("tenders:follow", args=[desk.world.tenders["open"].reference])
    told = ["me", desk.world.organisation.number]
    assert desk.client("member").post(follow, {"told": told}).status_code == 302
