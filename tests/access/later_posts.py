"""How the forms after the opening are filled in when they are filled in well."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from contracts.models import Contract
from evaluation.documents.decision import seen_hash
from evaluation.models import Selection
from evaluation.queries.selection import candidates
from tenders.models import Approval
from tests.access.later_states import stage_now
from tests.conftest import NOON
from tests.contracts_made import ACCOUNT, plan_of
from tests.settled_made import dates_for
from tests.world import World

Form = dict[str, Any]
WHY = "Vi fant noe som må rettes, og skriver hva det er."


def always(**fields: Any) -> Callable[[World, str], Form]:
    return lambda _world, _state: dict(fields)


def appointing(world: World, _state: str) -> Form:
    return {"chair": str(world.chair.pk), "evaluators": [str(world.evaluator.pk), str(world.tied.pk)]}


def proposal(world: World, state: str) -> Form:
    """The newest of what waits for the approver in this tender."""
    waiting = Approval.objects.filter(tender=world.tenders[state], approved_at=None, returned_at=None).order_by("-proposed_at").first()
    shown = {"proposal": str(waiting.pk), "content_hash": waiting.content_hash} if waiting else {"proposal": ""}
    return {**shown, "reason": WHY}


def sheet(_world: World, _state: str) -> Form:
    given = {f"points_{no}": "7" for no in (1, 2, 3, 4)} | {f"comment_{no}": "Tydelig." for no in (1, 2, 3, 4)}
    return given | {"draft_no": "1", "feedback": "Vi likte ideen."}


def proposing(world: World, state: str) -> Form:
    rows = candidates(stage_now(world, state))[:3]
    return {f"pick_{row.number}": "on" for row in rows} | {f"ground_{row.number}": "Prøveukene er korte og ekte." for row in rows}


def approving(world: World, state: str) -> Form:
    selection = Selection.objects.filter(stage__tender=world.tenders[state], approved_at=None, returned_at=None).first()
    return {"selection": str(selection.pk), "seen": seen_hash(selection), "reason": WHY} if selection else {"reason": WHY}


def annulling(world: World, state: str) -> Form:
    selection = Selection.objects.filter(stage=stage_now(world, state), approved_at__isnull=False).order_by("-approved_at").first()
    return {"selection": str(selection.pk) if selection else "", "reason": WHY}


def settling(world: World, state: str) -> Form:
    stage = stage_now(world, state)
    return {name: value for key, moment in dates_for(stage, NOON).items() for name, value in as_typed(key, moment).items()}


def as_typed(key: str, moment: Any) -> Form:
    if moment is None:
        return {}
    if hasattr(moment, "hour"):
        local = moment.astimezone()
        return {f"{key}_date": f"{local:%Y-%m-%d}", f"{key}_time": f"{local:%H:%M}"}
    return {key: f"{moment:%Y-%m-%d}"}


def drafting(world: World, _state: str) -> Form:
    first, last = (NOON + timedelta(days=days) for days in (1, 180))
    return {"manager": str(world.manager.pk), "starts_on": f"{first:%Y-%m-%d}", "ends_on": f"{last:%Y-%m-%d}"}


def planning(world: World, state: str) -> Form:
    found = Contract.objects.filter(tender=world.tenders[state], organisation=world.organisation).order_by("-drafted_at").first()
    if found is None:
        return {}
    return {f"{name}_{no}": str(value) for no, row in enumerate(plan_of(found), start=1) for name, value in row.items()}


def naming(world: World, _state: str) -> Form:
    return {"who": f"officer:{world.officer_other.pk}", "reason": WHY}


LATER_FORMS: dict[str, Callable[[World, str], Form]] = {
    "tenders:people": naming,
    "evaluation:panel": appointing,
    "evaluation:panel_confirm": proposal,
    "evaluation:panel_return": proposal,
    "evaluation:declarations": always(looked="on", silence="on"),
    "evaluation:tie": lambda world, _state: {"organisation": str(world.organisation.pk), "ground": WHY},
    "evaluation:tie_of": always(ground=WHY),
    "evaluation:reject": always(ground="form", reason=WHY, heard=WHY),
    "evaluation:sheet": sheet,
    "evaluation:save_sheet": sheet,
    "evaluation:ask_unlock": always(reason=WHY),
    "evaluation:close_scoring": always(reason=WHY),
    "evaluation:propose_selection": proposing,
    "evaluation:approve_selection": approving,
    "evaluation:return_selection": approving,
    "evaluation:annul_selection": annulling,
    "evaluation:vacate_place": always(reason=WHY),
    "evaluation:withdraw_from_place": always(reason=WHY),
    "evaluation:letter": always(grounds="Panelet likte ideen. Planen er god."),
    "evaluation:mend_letter": always(what="mail_again"),
    "evaluation:settlement": settling,
    "evaluation:settle": proposal,
    "evaluation:return_settlement": proposal,
    "evaluation:closing": always(reason=WHY),
    "evaluation:close": proposal,
    "evaluation:return_closing": proposal,
    "contracts:draft": drafting,
    "contracts:plan": planning,
    "contracts:terminate": always(reason=WHY),
    "contracts:request_payment": always(report=WHY, invoice_number="2026-7", account_number=ACCOUNT),
    "contracts:refuse": always(reason=WHY),
    "contracts:cancellation": always(reason=WHY),
    "contracts:cancel": proposal,
    "contracts:return_cancellation": proposal,
}
