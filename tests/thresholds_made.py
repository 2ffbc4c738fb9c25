"""Announcements with something for the threshold check to find, written by the real commands."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from tenders.commands.save_announcement import save_announcement
from tenders.documents import announcement_content
from tenders.models import Tender
from tenders.threshold.check import check_of
from tenders.threshold.draft import Draft, Finding
from tenders.threshold.rules import findings_in
from tests.conftest import NOON

WHY = "Vi vil være sikre."
DEMANDS = {
    "turnover": {"text": "Dere skal ha en årsomsetning på minst 10 millioner kroner.", "amount": Decimal(10_000_000)},
    "years": {"text": "Dere skal ha vært i drift i minst fem år.", "amount": Decimal(5)},
    "references": {"text": "Dere skal vise til tre tilsvarende oppdrag.", "amount": Decimal(3), "whom": "Nav"},
    "premises": {"text": "Dere skal ha egne lokaler i Oslo."},
    "proof": {"text": "Legg ved attest for skatt.", "proof": "Skatteattest"},
    "attachment": {"text": "Legg ved årsregnskapet."},
    "meeting": {"text": "Legg fram ideen for oss i Oslo."},
    "other": {"text": "Dere skal snakke norsk med deltakerne."},
}


def demand(tender: Tender, by: User, *, at: datetime = NOON, kind: str, **changes: Any) -> None:
    """One more requirement in the draft."""
    no = tender.requirements.count() + 1
    one = {"kind": kind, "why": WHY, **DEMANDS[kind], **changes}
    if "amount" in one:
        one["amount"] = Decimal(one["amount"])
    save_announcement(
        tender_id=tender.pk, section="requirements", values={f"{key}_{no}": value for key, value in one.items()}, by=by, at=at
    )


def findings_of(tender: Tender, at: datetime = NOON) -> list[Finding]:
    """What is found and not yet given a reason."""
    tender = Tender.objects.select_related("unit", "budget").get(pk=tender.pk)
    return check_of(tender, announcement_content(tender), at=at).unanswered


def rules_biting(tender: Tender, at: datetime = NOON, **changes: Any) -> set[str]:
    """Keys of the rules that find something, with `changes` to the content and, as `first__…`, to its first stage."""
    content = announcement_content(Tender.objects.select_related("unit", "budget").get(pk=tender.pk))
    for name, value in changes.items():
        where, _dunder, key = name.partition("__")
        (content["stages"][0] if key else content)[key or where] = value
    return {one.rule.key for one in findings_in(Draft(content, at))}


HEAVY_TEXT = (
    "Anskaffelsen omfatter utvikling av innovative avklaringstiltak for arbeidssøkere med sammensatte bistandsbehov, herunder"
    " systematisk kartlegging av arbeidsevne, realkompetanse og funksjonsnedsettelser gjennom standardiserte kartleggingsverktøy"
    " og helhetlig oppfølging over tid. "
)


def before_christmas() -> datetime:
    """Tuesday 15 December 2026: two weeks on is 29 December."""
    return NOON + timedelta(days=105)
