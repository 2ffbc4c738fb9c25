"""What the part on value and rules still lacks before the tender can be announced."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenders.models import Tender

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def lacking_in_value(tender: Tender) -> "Iterator[tuple[str, _StrOrPromise]]":
    """What must be answered before it is announced: field and text."""
    if tender.framework_id:
        return
    if not tender.service_kind:
        yield "service_kind", _("Choose which kind of service it is. Which rules the tender follows depends on it.")
    yield from half_written_in_value(tender)
    if tender.research:
        wanted = {
            "sole_benefit": _("Say whether Nav alone gets the benefit of the research."),
            "full_payment": _("Say whether Nav pays for all of the research."),
            "research_ground": _("Write why it is research and development."),
        }
        for name, text in wanted.items():
            if not getattr(tender, name).strip():
                yield name, text


def half_written_in_value(tender: Tender) -> "Iterator[tuple[str, _StrOrPromise]]":
    """An amount without a word on what it is for, or the other way round."""
    for name in ("options", "later"):
        amount, text = getattr(tender, f"{name}_amount"), getattr(tender, f"{name}_text").strip()
        if bool(amount) != bool(text):
            yield f"{name}_{'text' if amount else 'amount'}", _("Write both an amount and what it is for, or neither.")
