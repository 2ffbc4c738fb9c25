"""What those who have signed up for a meeting are told, in the active language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts import wording
from letters.drafts import NewLetter
from tenders.follower_notices import Recipient, Words, notices_to
from tenders.models import Meeting, SignUp
from tenders.queries.market import dialogue_url


def notices_about(meeting: Meeting, rows: Iterable[SignUp], title: str, text: str) -> list[NewLetter]:
    """To each who has signed up; `title` and `text` are message ids marked with gettext_noop, filled with what the meeting is."""
    to: set[Recipient] = {row.organisation or row.signed_up_by for row in rows}
    return notices_to(to, lambda: _words(meeting, title, text), path=dialogue_url(meeting.tender))


def _words(meeting: Meeting, title: str, text: str) -> Words:
    said = {
        "name": meeting.tender.name,
        "start": wording.moment(meeting.starts_at),
        "end": wording.clock_time(meeting.ends_at),
        "place": meeting.place,
        "reason": meeting.cancel_reason,
    }
    return _(title) % said, _(text) % said
