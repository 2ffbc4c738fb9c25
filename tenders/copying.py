"""Rows taken over from one tender by another: the same words, and keys of their own."""

from copy import copy
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

_Row = TypeVar("_Row", bound=Model)


def anew(row: _Row, **changes: Any) -> _Row:
    """The same row once more, not saved yet. A copy that is saved later keeps the key it has got."""
    made = copy(row)
    made.pk = uuid4() if isinstance(row.pk, UUID) else None
    made._state = type(row._state)()
    for field, value in changes.items():
        setattr(made, field, value)
    return made
