"""Declarations in words: heading, and the rows of who has declared. Looks at no clock, asks no database."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.models import User
from accounts.number_words import number_word
from accounts.page_parts import Cell, Column, Tag
from accounts.roles import Role
from evaluation.models import Conflict, ImpartialityDeclaration


def declared_columns() -> list[Column]:
    return [Column(_("Name")), Column(_("Task")), Column(_("Declared"))]


Declarers = Sequence[tuple[User, list[Role]]]
Declarations = Mapping[UUID, ImpartialityDeclaration]


def declared_rows(people: Declarers, declarations: Declarations) -> list[list[Cell]]:
    rows = []
    for user, roles in people:
        done = declarations.get(user.pk)
        task = Cell(", ".join(str(role.label) for role in roles))
        when = Cell(wording.moment(done.made_at)) if done else Cell("", tag=Tag(_("Not yet"), "warning", "Hourglass"))
        rows.append([Cell(user.name), task, when])
    return rows


def undeclared(people: Declarers, declarations: Declarations) -> int:
    """How many have not declared."""
    return sum(user.pk not in declarations for user, _roles in people)


def tie_columns() -> list[Column]:
    return [Column(_("Who")), Column(_("Tie to")), Column(_("What the tie is"), wide=True)]


def tie_rows(ties: Iterable[Conflict]) -> list[list[Cell]]:
    return [
        [
            Cell(row.declaration.user.name, note=wording.moment(row.declared_at)),
            Cell(row.submission.organisation.name),
            Cell(row.ground),
        ]
        for row in ties
    ]


def declared_heading(own: ImpartialityDeclaration | None, missing: int) -> str:
    """What the state is: one's own first, then everybody's."""
    if own is not None:
        return _("You have made your declaration")
    if missing:
        text = ngettext("%(count)s person has not declared yet", "%(count)s people have not declared yet", missing)
        return (text % {"count": number_word(missing)}).capitalize()
    return _("Everybody has declared")
