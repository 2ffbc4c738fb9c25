"""A framework agreement with three suppliers, and a call-off that is open now."""

from datetime import datetime
from decimal import Decimal
from functools import partial

from accounts.local_time import oslo, oslo_day
from contracts.commands.announce_call_off import announce_call_off
from contracts.commands.start_call_off import start_call_off
from contracts.framework_days import last_day_of
from contracts.queries.frameworks import suppliers_in
from demo.world import agreements, selections, tenders
from demo.world.calendar import NOON, after, clock
from demo.world.data import texts
from demo.world.later import write_case
from demo.world.points import FRAMEWORK
from demo.world.rounds import write_round
from demo.world.stage import Play
from demo.world.youth import CLOSED_DAYS_AGO
from tenders.commands.save_announcement import save_announcement
from tenders.models import Approval

CALL_OFF, MONTHS = "call_off", 24


def write_framework(play: Play) -> None:
    """Decided and signed long ago. Described on the same day as «Unge på vei til jobb», an hour later, so that it counts after it."""
    closes = oslo(play.calendar.work(CLOSED_DAYS_AGO), NOON)
    one = write_case(play, FRAMEWORK, closes, described=play.calendar.work(CLOSED_DAYS_AGO + 66))
    write_round(play, one, "approve")
    drafted, settled = after(one.day("approve"), 2), after(one.over, 1)
    starts = after(settled, 2)
    agreements.write_contracts(play, one.place, drafted, "", starts, last_day_of(MONTHS, starts))
    agreements.write_approvals(play, one.place, after(drafted, 1))
    selections.write_settlement(play, one.place, one.over, settled, {})
    agreements.write_signatures(play, one.place, after(settled, 1))


def write_call_off(play: Play) -> None:
    """Started and sent for approval two days ago, and announced the day after; nobody has begun."""
    day = play.calendar.work(2)
    play.scene(clock(day, 10, 30), partial(_start, play, CALL_OFF))
    tenders.write_proposal(play, CALL_OFF, clock(day, 11, 30))
    play.scene(clock(play.calendar.work(1), 13, 20), partial(_announce, play, CALL_OFF))


def _start(play: Play, key: str, at: datetime) -> None:
    framework, text, by = play.tenders[FRAMEWORK], texts("later_tenders")[FRAMEWORK]["call_off"], play.people["ingrid"]
    amount = Decimal(text["amount"])
    tender = start_call_off(framework_id=framework.pk, name=text["name"], amount=amount, criteria=[1, 2, 3], by=by, at=at)
    save_announcement(tender_id=tender.pk, section="need", values=text["values"], by=by, at=at)
    play.tenders[key] = tender


def _announce(play: Play, key: str, at: datetime) -> None:
    tender = play.tenders[key]
    seen = Approval.objects.filter(tender=tender).latest("proposed_at").content_hash
    invited = [supplier.pk for supplier in suppliers_in(play.tenders[FRAMEWORK], on=oslo_day(at))]
    announce_call_off(tender_id=tender.pk, content_hash=seen, invited=invited, by=play.people["arne"], at=at)
