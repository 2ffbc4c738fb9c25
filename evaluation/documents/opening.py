"""The protocol of the opening on paper."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import wording
from evaluation import queries
from evaluation.models import OpeningPress
from evaluation.opening_words import opened_heading, protocol_facts
from tenders.models import Stage
from tenders.queries.amendments import amendments_in


def opening_protocol(stage: Stage, presses: Sequence[OpeningPress]) -> str:
    """What was amended, who opened, when, how many, the root hash, fingerprint and time of each: HTML for a PDF. No supplier is named."""
    opening, unit = queries.opening_of(stage), stage.tender.unit.name
    facts = {
        "language": get_language(),
        "title": _("Protocol of the opening"),
        "subject": f"{stage.tender.name}, {stage.name}",
        "sender": ["Nav", unit],
        "recipient": [stage.tender.name, stage.name],
        "reference": stage.tender.reference,
        "place_and_date": wording.day(opening.at),
        "heading": opened_heading(stage.tender, opening),
        "facts": protocol_facts(stage, opening, presses, list(amendments_in(stage))),
        "opening": opening,
        "ledger": queries.ledger_of(stage),
    }
    return render_to_string("evaluation/protocol_pdf.html", facts)
