"""What all who follow a tender are told when it is amended: the same words at the same moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from letters.drafts import NewLetter
from tenders.amending import moment_after
from tenders.amendment_words import plain_lines, shown_changes
from tenders.follower_notices import Words, notices_to, recipients_of
from tenders.models import Follower, Stage, Tender


def amendment_notices(
    tender: Tender, content: Mapping[str, Any], *, closes_at: datetime, deadline_reason: str, followers: Iterable[Follower]
) -> list[NewLetter]:
    """One for each organisation and person that follows, in their language; made once for each language.

    `content` is what the approver approved, `closes_at` the deadline as it stood before.
    """
    stages, path = list(tender.stages.all()), reverse("tenders:amendments", args=[tender.reference])

    def words() -> Words:
        return notice_words(tender, content, stages, closes_at=closes_at, deadline_reason=deadline_reason)

    return notices_to(recipients_of(followers), words, path=path)


def notice_words(
    tender: Tender, content: Mapping[str, Any], stages: Sequence[Stage], *, closes_at: datetime, deadline_reason: str = ""
) -> Words:
    """Title and text in the active language."""
    title = _("Amendment %(no)d of «%(name)s»") % {"no": content["no"], "name": tender.name}
    parts = [
        content["reason"],
        _failure(content),
        plain_lines(shown_changes(content["changes"], stages)),
        _deadline(moment_after(content["changes"], "closes_at"), closes_at, deadline_reason),
        _to_those_who_sent() if content["material"] else "",
    ]
    return title, "\n\n".join(part for part in parts if part)


def _failure(content: Mapping[str, Any]) -> str:
    if not content["failed_from"]:
        return ""
    since, until = (wording.moment(datetime.fromisoformat(content[name])) for name in ("failed_from", "failed_until"))
    return _("It failed from %(from)s until %(until)s.") % {"from": since, "until": until}


def _deadline(moved_to: datetime | None, closes_at: datetime, reason: str) -> str:
    if moved_to:
        return _("The deadline was %(before)s. It is now %(now)s.") % {
            "before": wording.deadline(closes_at),
            "now": wording.deadline(moved_to),
        }
    stays = _("The deadline is still %(deadline)s.") % {"deadline": wording.deadline(closes_at)}
    return f"{stays} {reason}" if reason else stays


def _to_those_who_sent() -> str:
    return _(
        "If you have handed in: it stays handed in. Read the amendment, and confirm what you handed in,"
        " or take it back and change it, before the deadline."
    )
