"""All that holds an announcement or an amendment back: what is not written, what the threshold check found, a part that is too weak."""

from collections.abc import Iterator
from datetime import datetime

from tenders.amending import Amendable, Changes, after, missing_in_changes
from tenders.law import Ruling
from tenders.models import Tender
from tenders.part_named import missing_in_amended_part, missing_in_part
from tenders.readiness import Missing, missing_in
from tenders.threshold.check import Check


def holding_back(tender: Tender, check: Check, ruling: Ruling, *, at: datetime) -> list[Missing]:
    """Everything that must be mended before it can be proposed or announced at `at`; `check` and `ruling` are of that moment."""
    return [*missing_in(tender, at=at), *missing_in_part(tender, ruling), *check.missing]


def holding_amendment_back(
    now: Amendable, changes: Changes, check: Check, *, threshold_reason: str = "", at: datetime
) -> Iterator[Missing]:
    """The same for changes to what is announced; `check` is that of the amendment, `threshold_reason` comes with it."""
    yield from missing_in_changes(now, changes, at=at)
    yield from missing_in_amended_part(now.tender, after(changes, "legal_basis"))
    if not threshold_reason:
        yield from (Missing("amendment", "threshold_reason", one.text) for one in check.missing)
