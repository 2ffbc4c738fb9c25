"""The self-declaration is saved as it is written."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from suppliers.models import Prequalification, SelfDeclaration
from suppliers.policies.prequalification import SaveDeclarationPolicy
from suppliers.queries.prequalification import STATEMENTS

FIELDS = ("social_purpose", "new_way", "surplus", "surplus_text", *STATEMENTS, "explanation")


@command(journal=False)
def save_declaration(*, prequalification_id: UUID, values: Mapping[str, str | bool | None], by: User, at: datetime) -> SelfDeclaration:
    """Keep what has been written so far, whole or not. `values` has every field of `FIELDS`."""
    rows = Prequalification.objects.select_for_update(of=("self",)).select_related("organisation")
    prequalification = rows.get(pk=prequalification_id)
    SaveDeclarationPolicy(prequalification).check(by)
    declaration = SelfDeclaration.objects.get(prequalification=prequalification)
    for name in FIELDS:
        setattr(declaration, name, values[name])
    declaration.save(update_fields=FIELDS)
    return declaration
