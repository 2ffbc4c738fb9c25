"""What the announcement needs to be shown: the words behind its choices, and the weights as a picture."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from tenders import cpv
from tenders.models import Requirement, ServiceKind, TargetGroup, Tender
from tenders.price_formula import example_of
from tenders.requirements import amount_words
from tenders.threshold.easier import asked_of, made_easier
from tenders.uploads.kinds import KIND_WORDS, FileKind

register = template.Library()

register.filter("whole_number", wording.number)

BLUES = 4
ROOM_FOR_TEXT = Decimal(8)
WHOLE = Decimal(100)


@register.filter
def vat_words(basis: str) -> str:
    """«eks. mva.»."""
    return str(Tender.VatBasis(basis).label)


@register.filter
def rights_words(regime: str) -> str:
    """The sentence of a rights regime; «» while none is chosen."""
    return str(Tender.RightsRegime(regime).label) if regime else ""


@register.filter
def climate_words(choice: str) -> str:
    """The sentence of a climate choice; «» while none is made."""
    return str(Tender.Climate(choice).label) if choice else ""


@register.filter
def clause_words(clause: str) -> str:
    return str(Tender.Clause(clause).label)


@register.filter
def service_words(kind: str) -> str:
    return str(ServiceKind(kind).label)


@register.filter
def reservation_words(reservation: str) -> str:
    """Who may take part, as the law puts it."""
    return str(Tender.Reservation(reservation).label)


@register.filter
def cpv_words(code: str) -> str:
    """«79634000 Karriererådgivertjenester»."""
    return str(cpv.shown([code])[0])


@dataclass(frozen=True)
class CodesShown:
    """Codes to choose from, and what is said above them."""

    heading: str
    codes: list[cpv.CpvCode]


@register.simple_tag
def found_codes(text: str | None) -> CodesShown:
    """What a search finds; without one, what labour-market measures are usually bought under."""
    if not (text or "").strip():
        return CodesShown(_("Most used for labour-market measures:"), cpv.common_codes())
    found = cpv.search(str(text))
    if not found.codes:
        return CodesShown(_("No code fits. Try fewer words, or a part of a word."), [])
    if found.more:
        return CodesShown(
            _("The first %(shown)d of %(total)d codes. Write one more word to find fewer.")
            % {"shown": len(found.codes), "total": found.total},
            list(found.codes),
        )
    said = ngettext("%(total)d code fits.", "%(total)d codes fit.", found.total) % {"total": found.total}
    return CodesShown(said, list(found.codes))


@register.filter
def procedure_words(procedure: str) -> str:
    return str(Tender.Procedure(procedure).label)


@register.filter
def file_kind(kind: str) -> str:
    """«PDF», «Word»."""
    return KIND_WORDS[FileKind(kind)]


@register.filter
def group_words(groups: list[str]) -> list[str]:
    """The names of the target groups."""
    return [str(TargetGroup(group).label) for group in groups]


@register.filter
def text_lines(text: str) -> list[str]:
    """The lines of a text without empty ones, and without the sign somebody put before each to make a list."""
    return [line for line in (raw.strip().lstrip("-•*–").strip() for raw in text.splitlines()) if line]


@register.filter
def swatch(no: int) -> str:
    """The class of the blue that stands for criterion `no`, from 1."""
    return f"nv-w{(no - 1) % BLUES + 1}"


@register.simple_tag
def weight_chart(criteria: list[dict[str, Any]]) -> SafeString:
    """The weights beside each other, each as wide as it is heavy. Its words are in the list of criteria beneath."""
    total = sum((Decimal(one["weight"]) for one in criteria), Decimal(0)) or WHOLE
    names = ", ".join(f"{one['name']} {weight_words(one['weight'])}" for one in criteria)
    label = _("The weights: %(names)s") % {"names": names}
    pieces, start = [], Decimal(0)
    for one in criteria:
        width = Decimal(one["weight"]) / total * WHOLE
        pieces.append(_piece(one, start, width))
        start += width
    drawn = format_html_join("", "{}", ((piece,) for piece in pieces))
    return format_html('<svg class="nv-chart nv-round" width="100%" height="40" role="img" aria-label="{}">{}</svg>', label, drawn)


def _piece(one: dict[str, Any], start: Decimal, width: Decimal) -> SafeString:
    blue = (one["no"] - 1) % BLUES + 1
    text = gap = format_html("{}", "")
    if width >= ROOM_FOR_TEXT:
        shown = (blue, _at(start + width / 2), weight_words(one["weight"]))
        text = format_html('<text class="nv-on{}" x="{}%" y="25" text-anchor="middle">{}</text>', *shown)
    if start:
        gap = format_html('<line class="nv-gap-line" x1="{0}%" x2="{0}%" y1="0" y2="40"/>', _at(start))
    return format_html('<rect class="nv-w{}" x="{}%" y="0" width="{}%" height="40"/>{}{}', blue, _at(start), _at(width), text, gap)


def _at(place: Decimal) -> str:
    return f"{place:.2f}"


def _decimals(weight: Decimal) -> int:
    return 0 if weight == weight.to_integral_value() else 2


@register.filter
def weight_words(weight: Decimal) -> str:
    """«35 %», «12,50 %»."""
    return wording.percent(weight, _decimals(weight))


@register.filter
def price_example(criterion: dict[str, Any], cap: Decimal | str) -> list[tuple[Decimal, Decimal]]:
    """Invented prices up to `cap` and what they would get, for a criterion of the announcement that counts price."""
    return example_of(criterion["formula"], scale=criterion["scale_max"], cap=Decimal(cap))


@register.filter
def requirement_kind(kind: str) -> str:
    return str(Requirement.Kind(kind).label)


@register.filter
def requirement_amount(one: dict[str, Any]) -> str:
    """«10 000 000 kr», «3»; «» where nothing is counted."""
    return amount_words(one["kind"], one["amount"])


@register.filter
def asked_in(content: dict[str, Any]) -> str:
    """How much is asked for, in one sentence."""
    return str(asked_of(content))


@register.filter
def made_easier_in(content: dict[str, Any]) -> list[Any]:
    """How it has been made easier to take part, in sentences."""
    return list(made_easier(content))


@register.filter
def plain_number(value: Decimal) -> str:
    """«100», «97,5»: without needless zeros, with a comma."""
    return f"{value.normalize():f}".replace(".", ",")
