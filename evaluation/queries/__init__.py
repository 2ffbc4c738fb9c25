"""What the panel's desk knows, as sentences."""

from evaluation.queries.opening import (
    CONTRADICTED,
    DIFFERS,
    OPENED,
    OPENERS,
    PRESS_COUNTS_FOR,
    VERIFIED,
    Opening,
    last_press_of,
    ledger_of,
    opened_stage_of,
    opened_stage_with,
    opened_stages,
    opening_of,
    presses_run_out,
    roles_in_opening,
    stage_of_opening,
    standing_presses,
)
from evaluation.queries.panel import submissions_for_staff
from evaluation.queries.submissions import (
    opened_submissions,
    stage_to_compare,
    uncompared_submissions,
    uncompared_versions,
)
from evaluation.queries.work import either, facts_for, open_together, waiting_for

__all__ = [
    "CONTRADICTED",
    "DIFFERS",
    "OPENED",
    "OPENERS",
    "PRESS_COUNTS_FOR",
    "VERIFIED",
    "Opening",
    "either",
    "facts_for",
    "last_press_of",
    "ledger_of",
    "open_together",
    "opened_stage_of",
    "opened_stage_with",
    "opened_stages",
    "opened_submissions",
    "opening_of",
    "presses_run_out",
    "roles_in_opening",
    "stage_of_opening",
    "stage_to_compare",
    "standing_presses",
    "submissions_for_staff",
    "uncompared_submissions",
    "uncompared_versions",
    "waiting_for",
]
