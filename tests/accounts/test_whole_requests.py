"""Bodies that end early, bodies without a length, and text that was typed while logged out."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from accounts.middleware import MAX_BODY, WholeBodyMiddleware

FORM = b"name=Sara&text=" + b"x" * 500
TYPE = "application/x-www-form-urlencoded"


def ask(body, length):
    seen = []
    request = RequestFactory().post("/", data=FORM, content_type=TYPE)
    request.META["wsgi.input"] = BytesIO(body)
    request._stream = BytesIO(body)
    if length is None:
        del request.META["CONTENT_LENGTH"]
    else:
        request.META["CONTENT_LENGTH"] = length
    response = WholeBodyMiddleware(lambda seen_request: seen.append(dict(seen_request.POST)) or "view")(request)
    return response, seen


def test_a_whole_body_reaches_the_view():
    response, seen = ask(FORM, str(len(FORM)))
    assert response == "view"
    assert seen[0]["text"] == ["x" * 500]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_body_that_was_cut_off_never_reaches_the_view(share):
    response, seen = ask(FORM[: int(len(FORM) * share)], str(len(FORM)))
    assert (response.status_code, seen) == (400, [])


@pytest.mark.parametrize("length", [None, "", "abc", "-1"])
def test_a_body_without_a_length_never_reaches_the_view(length):
    response, seen = ask(FORM, length)
    assert (response.status_code, seen) == (411, [])


def test_a_body_that_is_too_large_is_not_read():
    response, seen = ask(b"", str(MAX_BODY + 1))
    assert (response.status_code, seen) == (413, [])
