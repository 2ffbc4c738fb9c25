"""People, organisations, units, roles; and the journal of what was done."""

from accounts.models.journal import Anchor, JournalEntry, JournalStream
from accounts.models.organisation import Membership, Organisation
from accounts.models.person import User
from accounts.models.traces import AccessEvent, FormToken
from accounts.models.unit import County, RoleGrant, Unit

__all__ = [
    "AccessEvent",
    "Anchor",
    "County",
    "FormToken",
    "JournalEntry",
    "JournalStream",
    "Membership",
    "Organisation",
    "RoleGrant",
    "Unit",
    "User",
]
