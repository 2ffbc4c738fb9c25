"""Fields that belong together on the page of a section."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Group:
    """Fields under a heading of their own; `more` is folded away."""

    name: "_StrOrPromise"
    fields: list[forms.BoundField]
    more: list[forms.BoundField] = field(default_factory=list)
    text: "_StrOrPromise" = ""

    @property
    def has_errors(self) -> bool:
        """Whether what is folded away must be shown."""
        return any(one.errors for one in self.more)
