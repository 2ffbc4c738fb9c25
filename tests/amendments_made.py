"""Amendments of the tests, proposed by Ingrid and announced by Arne with the real commands."""

from datetime import datetime
from typing import Any

from accounts.models import User
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.propose_amendment import propose_amendment
from tenders.models import Amendment, Approval, Tender

WHY = "Vi har fått spørsmål som viser at teksten kan misforstås."
CLEARER = "Mange unge som kommer til Nav, vet ikke hva de får til.\n\nVi trenger en tryggere måte å finne ut av dette på."


def asked_to_amend(tender: Tender, ingrid: User, at: datetime, **more: Any) -> Approval:
    """A proposal that waits. `more` are arguments of the command; without values the need is written more clearly."""
    given = {"kind": Amendment.Kind.CORRECTION, "reason": WHY, "material": True, "values": {"need": CLEARER}, **more}
    return propose_amendment(tender_id=tender.pk, **given, by=ingrid, at=at)


def amended(tender: Tender, ingrid: User, arne: User, at: datetime, *, deadline_reason: str = "", **more: Any) -> Amendment:
    """Proposed and announced in the same moment."""
    approval = asked_to_amend(tender, ingrid, at, **more)
    seen = approval.content_hash
    return announce_amendment(approval_id=approval.pk, content_seen=seen, deadline_reason=deadline_reason, by=arne, at=at)
