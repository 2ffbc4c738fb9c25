"""Keeps what a person typed when their log-in had run out: encrypted, in their session, for one hour."""

import base64
import json
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, QueryDict

from accounts import clock

KEPT_FOR = timedelta(hours=1)
SESSION_KEY = "kept_text"
MAX_KEPT = 200_000
NOT_KEPT = {"csrfmiddlewaretoken", "form_token", "password", "password1", "password2"}


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(settings.APPLICATION_KEY))


def keep_text(request: HttpRequest) -> None:
    """Keep the fields of the form under its address. Files are not kept; passwords never."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    text = json.dumps({"path": request.path, "at": clock.now().isoformat(), "fields": fields}).encode()
    if fields and len(text) <= MAX_KEPT:
        request.session[SESSION_KEY] = _box().encrypt(text).decode()


def written_texts(request: HttpRequest) -> list[str]:
    """What a person wrote in a form that was refused as a whole, so that the page that says so can give it back."""
    texts = [text for name, values in request.POST.lists() if name not in NOT_KEPT for text in values]
    return [text for text in texts if len(text.split()) > 1]


def take_kept_text(request: HttpRequest) -> QueryDict | None:
    """What was kept for this address, once; None when there is nothing or the hour has passed."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    try:
        kept = json.loads(_box().decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        del request.session[SESSION_KEY]
        return None
    if clock.now() - datetime.fromisoformat(kept["at"]) > KEPT_FOR:
        del request.session[SESSION_KEY]
        return None
    if kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields
