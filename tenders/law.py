"""What follows from the value of a tender: which part of the rules, by which paragraph and why. Looks at no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import wording
from accounts.local_time import oslo_day
from accounts.models import Unit
from tenders.estimated_value import EstimatedValue, Line, estimated_value, value_excluding_vat
from tenders.models import Tender, YesNo
from tenders.queries.splitting import purchases_alike
from tenders.rules import Part, Rules, Rung, reached, rules_on

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

money_text = lazy(wording.money, str)
RESEARCH_DIVISION = "73"


@dataclass(frozen=True)
class Research:
    """The three questions of § 2-5: `listed` are the chosen codes that its list holds; the others are «yes», «no» or «» (not answered).

    `coded`: one of the chosen codes at least is of the division for research and development, 73.
    """

    listed: tuple[str, ...]
    sole_benefit: str
    full_payment: str
    coded: bool = True

    @property
    def answered(self) -> bool:
        return bool(self.sole_benefit and self.full_payment)

    @property
    def exempt(self) -> bool:
        """R&D is outside the Act, unless it is in the list and Nav alone gets the benefit and pays for all of it. Never by silence."""
        return self.answered and not (self.listed and self.sole_benefit == YesNo.YES and self.full_payment == YesNo.YES)

    @property
    def why(self) -> "_StrOrPromise":
        if not self.listed and not self.answered:
            return _("Answer the two other questions. Until then the rules apply as to anything else.")
        if not self.coded:
            return _("Exempt, if it really is research and development: none of the chosen codes is for that (they begin with 73).")
        if not self.listed:
            return _("None of the chosen codes is in the list of § 2-5, so research and development is exempt.")
        codes = ", ".join(self.listed)
        if not (self.sole_benefit and self.full_payment):
            return format_lazy(_("{codes} is in the list of § 2-5, so the two other questions decide."), codes=codes)
        if self.sole_benefit == YesNo.NO:
            return format_lazy(_("{codes} is in the list of § 2-5, but others get the benefit too, so it is exempt."), codes=codes)
        if self.full_payment == YesNo.NO:
            return format_lazy(_("{codes} is in the list of § 2-5, but Nav does not pay for all of it, so it is exempt."), codes=codes)
        text = _("{codes} is in the list of § 2-5, and Nav alone gets the benefit and pays for all of it, so the rules apply.")
        return format_lazy(text, codes=codes)


@dataclass(frozen=True)
class Split:
    """Purchases that are each below `limit` and together are not; `others` are those besides this one, by reference and name."""

    limit: Decimal
    total: Decimal
    others: tuple[str, ...]


@dataclass(frozen=True)
class Ruling:
    """What follows for one tender. `part` is None, and `paragraph` «», while the kind of service is not chosen."""

    version: str
    kind: str
    value: EstimatedValue
    part: Part | None
    paragraph: str
    least: Decimal
    below: Decimal | None
    research: Research | None
    split: Split | None

    @property
    def why(self) -> "_StrOrPromise":
        """One sentence on the limits that decided; of the exemption, its ground."""
        if self.part == Part.RESEARCH and self.research:
            return self.research.why
        shown = {"value": money_text(self.value.excluding), "least": money_text(self.least), "below": money_text(self.below or 0)}
        if not self.least:
            return format_lazy(_("{value} excl. VAT is below {below}."), **shown)
        if self.below is None:
            return format_lazy(_("{value} excl. VAT is at least {least}."), **shown)
        return format_lazy(_("{value} excl. VAT is at least {least}, and below {below}."), **shown)

    def stored(self) -> dict[str, Any]:
        """For `Tender.ruling`; `read_ruling` makes it a ruling again."""
        return asdict(self)


def ruling_of(tender: Tender, *, at: datetime) -> Ruling:
    """What the rules of the day say. Of an announced tender ask `read_ruling`: that is settled."""
    rules = rules_on(oslo_day(at))
    counted = tender.framework or tender
    value, kind = estimated_value(tender, rate=rules.vat_rate), counted.service_kind
    research = _research(counted, rules)
    if not kind:
        return Ruling(rules.name, "", value, None, "", Decimal(0), None, research, None)
    ladder = rules.ladder(kind, state=tender.unit.kind != Unit.Kind.MUNICIPALITY)
    found = reached(value.excluding, ladder)
    part, paragraph = found.rung.part, found.rung.paragraph
    if research and research.exempt:
        part, paragraph = Part.RESEARCH, rules.references["research"]
    others = [(str(one), value_excluding_vat(one, rate=rules.vat_rate)) for one in purchases_alike(tender, at=at)]
    split = split_of(value.excluding, others, ladder)
    return Ruling(rules.name, kind, value, part, paragraph, found.rung.least, found.below, research, split)


def read_ruling(stored: dict[str, Any]) -> Ruling:
    """What was decided when the tender was announced, whatever the data says now."""
    value, research, split = stored["value"], stored["research"], stored["split"]
    lines = tuple(Line(one["what"], Decimal(one["amount"]), one["name"], one["selects"], Decimal(one["each"])) for one in value["lines"])
    return Ruling(
        version=stored["version"],
        kind=stored["kind"],
        value=EstimatedValue(lines, Decimal(value["stated"]), _decimal(value["rate"]), Decimal(value["excluding"])),
        part=Part(stored["part"]) if stored["part"] else None,
        paragraph=stored["paragraph"],
        least=Decimal(stored["least"]),
        below=_decimal(stored["below"]),
        research=_read_research(research) if research else None,
        split=Split(Decimal(split["limit"]), Decimal(split["total"]), tuple(split["others"])) if split else None,
    )


def _read_research(stored: dict[str, Any]) -> Research:
    return Research(tuple(stored["listed"]), stored["sole_benefit"], stored["full_payment"], stored.get("coded", True))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _research(tender: Tender, rules: Rules) -> Research | None:
    if not tender.research:
        return None
    codes = [one.code for one in tender.cpv_choices.all()]
    listed = tuple(code for code in codes if code in rules.research_codes)
    coded = any(code.startswith(RESEARCH_DIVISION) for code in codes)
    return Research(listed, tender.sole_benefit, tender.full_payment, coded)


def split_of(own: Decimal, others: Iterable[tuple[str, Decimal]], ladder: Sequence[Rung]) -> Split | None:
    """The highest limit that is passed by purchases together while each of them is below it."""
    known = list(others)
    for limit in sorted((rung.least for rung in ladder if rung.least), reverse=True):
        below = [(name, value) for name, value in known if value < limit]
        total = own + sum((value for _name, value in below), Decimal(0))
        if below and own < limit <= total:
            return Split(limit, total, tuple(name for name, _value in below))
    return None


def proposed_legal_basis(tender: Tender, ruling: Ruling, *, at: datetime) -> str:
    """The sentence for the announcement, in bokmål as all of it; «» while nothing follows. A call-off keeps that of its template."""
    if ruling.part is None or tender.framework_id:
        return ""
    with override("nb"):
        return rules_on(oslo_day(at)).sentences[ruling.part].replace("{value}", wording.money(ruling.value.excluding))
