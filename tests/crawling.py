"""Every page one person can reach by links, from where they begin."""

import re
from collections.abc import Iterator

from django.test import Client

from accounts.models import User

LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)')
# Another person, another language, or out: not part of a walk
AWAY = re.compile(r"^/(?:accounts|demo|static|language|i18n|guides)|/logout|/take-back|/withdraw")


def pages_of(user: User | None, *starts: str, most: int = 150) -> Iterator[tuple[str, str]]:
    """Address and content of every page that answers with 200, each once. Files come as text, as far as they are any."""
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code < 500, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            continue
        text = content.decode("utf-8", "replace")
        yield address, text
        for found in LINK.findall(text):
            link = found.replace("&amp;", "&")
            if link not in seen and not AWAY.search(link) and len(seen) < most:
                seen.add(link)
                waiting.append(link)
