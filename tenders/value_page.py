"""Value and rules, as those who work on a tender see them."""

from dataclasses import dataclass
from datetime import date, datetime

from tenders.law import Ruling, proposed_legal_basis, read_ruling, ruling_of
from tenders.models import ServiceKind, Tender
from tenders.rules import Source, versions


@dataclass(frozen=True)
class ValuePage:
    """`proposed` is the sentence on the rules that follows, «» when there is none or the tender has been announced."""

    tender: Tender
    ruling: Ruling
    proposed: str

    @property
    def kind(self) -> str:
        return str(ServiceKind(self.ruling.kind).label) if self.ruling.kind else ""

    @property
    def first(self) -> date:
        """The first day of the version of the rules."""
        return date.fromisoformat(self.ruling.version)

    @property
    def differs(self) -> bool:
        """Whether the announcement says something else than what is proposed."""
        return bool(self.proposed) and self.proposed != self.tender.legal_basis

    @property
    def sources(self) -> tuple[Source, ...]:
        return next((one.sources for one in versions() if one.name == self.ruling.version), ())


def value_page(tender: Tender, *, at: datetime) -> ValuePage | None:
    """None for what was announced before this was decided on."""
    if tender.announced_at:
        return ValuePage(tender, read_ruling(tender.ruling), "") if tender.ruling else None
    ruling = ruling_of(tender, at=at)
    return ValuePage(tender, ruling, proposed_legal_basis(tender, ruling, at=at))
