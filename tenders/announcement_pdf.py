"""The announcement on paper: the same content through the same words as the pages, so no deadline is written twice."""

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import wording
from letters import pdf
from tenders.documents import announcement_content, content_hash
from tenders.models import Tender
from tenders.queries.amendments import last_no, last_said_at

KEPT_FOR = 24 * 60 * 60


def announcement_html(tender: Tender) -> str:
    """As it stands now, in the active language: HTML for a PDF. The tender is announced."""
    no, said_at = last_no(tender), last_said_at(tender)
    version = _("With amendment %(no)d") % {"no": no} if no else _("As it was announced")
    content = announcement_content(tender)
    return render_to_string(
        "tenders/announcement_pdf.html",
        {
            "language": get_language(),
            "title": content["heading"] or tender.name,
            "subject": tender.name,
            "sender": ["Nav", tender.unit.name],
            "recipient": [tender.name, version],
            "reference": tender.reference,
            "place_and_date": wording.day(said_at) if said_at else "",
            "summary": content["summary"],
            "content": content,
            "site": settings.SITE_URL,
        },
    )


def announcement_pdf(tender: Tender) -> bytes:
    """Made once a day for each content and language: making one takes a second, and everybody may ask. Raises OSError without Pango."""
    key = f"announcement-pdf:{content_hash(announcement_content(tender))}:{last_no(tender)}:{get_language()}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = pdf.render_pdf(announcement_html(tender))
        cache.set(key, made, KEPT_FOR)
    return made
