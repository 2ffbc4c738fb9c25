"""Takes one step of a life: a conditional update that checks the old value, and a line in the journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role, Steps, roles_of


def take_step(
    row: models.Model,
    to: models.TextChoices,
    *,
    steps: Steps,
    event: str,
    by: User,
    at: datetime,
    stream: models.Model | str,
    about: Sequence[models.Model | str] = (),
    role: Role | None = None,
    reason: str = "",
    facts: journal.Facts | None = None,
    **also: Any,
) -> None:
    """Move `row.phase` to `to` (with the fields in `also`) and journal it.

    Refused when the row has left the phase it was read in. A step that is not in the table is a fault.
    `role` is for a step that several roles may take: the one that `by` acts in now; else it is the table's.
    """
    old = type(to)(row.phase)  # type: ignore[attr-defined]  # every row with a life has a phase
    who, _command = steps[(old, to)]
    changed = type(row)._default_manager.filter(pk=row.pk, phase=old).update(phase=to, **also)
    if changed != 1:
        raise Refused(_("Somebody else has just changed this. Look at the page again before you go on."))
    row.phase = to  # type: ignore[attr-defined]  # as above
    for name, value in also.items():
        setattr(row, name, value)
    moved = {"from": old.value, "to": to.value, **(facts or {})}
    journal.record(
        event, by=by, at=at, stream=stream, about=[row, *about], role=(role or roles_of(who)[0]).value, reason=reason, facts=moved
    )


def step_many(rows: models.QuerySet[Any], old: models.TextChoices, to: models.TextChoices, *, steps: Steps, **also: Any) -> int:
    """Move all rows that stand in `old` to `to` in one statement, and say how many. The caller journals the act once."""
    if (old, to) not in steps:
        raise KeyError((old, to))
    return rows.filter(phase=old).update(phase=to, **also)
