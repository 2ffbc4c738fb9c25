"""Files of the tests' tenders, added with the real command."""

from datetime import datetime
from typing import Any

from accounts.models import User
from tenders.commands.add_tender_file import add_tender_file
from tenders.models import Tender, TenderFile
from tests.sketches_made import pdf_with


def with_file(tender: Tender, ingrid: User, at: datetime, title: str = "Utkast til kontrakt", **more: Any) -> TenderFile:
    """A small PDF that says its title. `more` are arguments of the command."""
    given = {"name": "kontrakt.pdf", "data": pdf_with(title), "without_names": False, **more}
    return add_tender_file(tender_id=tender.pk, title=title, **given, by=ingrid, at=at)
