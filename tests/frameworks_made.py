"""Framework agreements and their call-offs, made by the real commands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from contracts.commands.announce_call_off import announce_call_off
from contracts.commands.start_call_off import start_call_off
from contracts.models import Contract
from contracts.queries.frameworks import suppliers_in
from suppliers.offered_price import COVERS, PRICE
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.models import Stage, Tender
from tests.contracts_made import Parties, signed
from tests.panel_made import all_declared, seated
from tests.settled_made import Cast, answered, developed, first_stage_answered, judged, opened_stage, settled, stage_no
from tests.tenders_made import announced, give_reasons, hash_seen

HIGHEST = Decimal(1_000_000)


def framework_announced(cast: Cast, **changes: Any) -> Tender:
    """For three suppliers, at most a million kroner in two years."""
    given = {"procedure": Tender.Procedure.FRAMEWORK, "name": "Veiledning i jobb", "amount": HIGHEST, "selects_1": 3}
    return announced(cast.ingrid, cast.arne, **(given | changes))


def framework_settled(cast: Cast, **changes: Any) -> Stage:
    """Four have handed in and three are selected; the standstill is over."""
    return settled(first_stage_answered(framework_announced(cast, **changes), cast), cast.ingrid, cast.arne)


def framework_running(cast: Cast, nav: Parties, **changes: Any) -> Tender:
    """Signed by the three and by Nav."""
    stage = framework_settled(cast, **changes)
    signed(stage, nav)
    return Tender.objects.get(pk=stage.tender_id)


def running_from(framework: Tender) -> datetime:
    """A day after the last signature."""
    contract = Contract.objects.filter(tender=framework, kind="framework").latest("buyer_signed_at")
    assert contract.buyer_signed_at is not None
    return contract.buyer_signed_at + timedelta(days=1)


def call_off_described(framework: Tender, nav: Parties, amount: int = 300_000, at: datetime | None = None, **changes: Any) -> Tender:
    """A draft with everything written."""
    at = at or running_from(framework)
    given: dict[str, Any] = {"name": "Avrop: ti unge i Bodø", "amount": Decimal(amount), "criteria": [1, 2, 3]}
    tender = start_call_off(framework_id=framework.pk, by=nav.ingrid, at=at, **(given | changes))
    written = {"heading": "Ti unge i Bodø trenger veiledning i jobb", "need": "Vi trenger noen i høst.", "wanted_effect": "Flere i jobb."}
    save_announcement(tender_id=tender.pk, section="need", values=written, by=nav.ingrid, at=at)
    tender.refresh_from_db()
    return tender


def call_off_proposed(
    framework: Tender, nav: Parties, amount: int = 300_000, at: datetime | None = None, weights: Mapping[str, Any] | None = None
) -> Tender:
    """It waits for Arne. `weights` are what the section of the criteria then says."""
    at = at or running_from(framework)
    tender = call_off_described(framework, nav, amount, at)
    if weights:
        save_announcement(tender_id=tender.pk, section="criteria", values=weights, by=nav.ingrid, at=at)
    give_reasons(tender, nav.ingrid, at)
    propose_announcement(tender_id=tender.pk, approver=nav.arne, by=nav.ingrid, at=at)
    return Tender.objects.select_related("budget").get(pk=tender.pk)


def everybody_in(framework: Tender, at: datetime) -> list[Any]:
    return [supplier.pk for supplier in suppliers_in(framework, on=at.date())]


def call_off_announced(
    framework: Tender, nav: Parties, amount: int = 300_000, at: datetime | None = None, weights: Mapping[str, Any] | None = None
) -> Tender:
    """Everybody in the framework agreement is invited."""
    at = at or running_from(framework)
    tender = call_off_proposed(framework, nav, amount, at, weights)
    invited = everybody_in(framework, at)
    announce_call_off(tender_id=tender.pk, content_hash=hash_seen(tender), invited=invited, by=nav.arne, at=at)
    return Tender.objects.get(pk=tender.pk)


def call_off_opened(tender: Tender, cast: Cast, organisations: Sequence[Organisation], prices: Sequence[str] = ()) -> Stage:
    """Each of them has handed in, with its price where price counts, and a panel sits and has declared."""
    offered = [{PRICE: price, COVERS: "Alt arbeid og alle reiser."} for price in prices] or [{}] * len(organisations)
    for organisation, price in zip(organisations, offered, strict=True):
        developed(stage_no(tender, 1), [organisation], **price)
    seated(tender, cast.ingrid, cast.arne, cast.cecilie, cast.scorers[1:])
    stage = opened_stage(tender, 1, cast.ingrid, cast.arne)
    all_declared(stage, *cast.everybody)
    return stage


def call_off_settled(tender: Tender, cast: Cast, organisations: Sequence[Organisation], prices: Sequence[str] = ()) -> Stage:
    """One is chosen, and everybody who handed in has the answer. There is no standstill, so it is settled the same day."""
    return settled(answered(judged(call_off_opened(tender, cast, organisations, prices), cast), cast), cast.ingrid, cast.arne)
