"""Keeps what a person typed when their log-in had run out: encrypted, in their session, for one hour."""

import base64
import json
import re
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, QueryDict

from accounts import clock

KEPT_FOR = timedelta(hours=1)
SESSION_KEY = "kept_text"
MAX_KEPT = 200_000
NOT_KEPT = re.compile("csrfmiddlewaretoken|form_token|code|.*password.*")


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(settings.APPLICATION_KEY))


def _may_be_kept(request: HttpRequest) -> dict[str, list[str]]:
    """The fields by name, without passwords, codes and the tokens of the form."""
    return {name: values for name, values in request.POST.lists() if not NOT_KEPT.fullmatch(name)}


def keep_text(request: HttpRequest) -> bool:
    """Keep the fields of the form under its address, and say whether there was anything to keep. Files are not kept; passwords never."""
    fields = _may_be_kept(request)
    text = json.dumps({"path": request.path, "at": clock.now().isoformat(), "fields": fields}).encode()
    if not fields or len(text) > MAX_KEPT:
        return False
    request.session[SESSION_KEY] = _box().encrypt(text).decode()
    return True


def written_texts(request: HttpRequest) -> list[str]:
    """What a person wrote in a form that was refused as a whole, so that the page that says so can give it back."""
    texts = [text for values in _may_be_kept(request).values() for text in values]
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
