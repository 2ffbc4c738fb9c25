"""Every address of the resolver, by name; and the keys that fill it in the world of the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from suppliers.queries.submissions import attachments_of
from tenders.models import MarketContact, Meeting
from tests.access import later_states
from tests.world import World

NO_KEY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Address:
    name: str
    kwargs: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def of_tender(self) -> bool:
        return "reference" in self.kwargs


@cache
def all_addresses() -> dict[str, list[Address]]:
    """By full name. An address without a name stands under its route."""
    found: dict[str, list[Address]] = {}
    _walk(get_resolver(), "", "", (), found)
    return found


def _walk(resolver: URLResolver, space: str, route: str, kwargs: tuple[str, ...], found: dict[str, list[Address]]) -> None:
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        names = (*kwargs, *entry.pattern.converters, *getattr(entry.pattern.regex, "groupindex", {}))
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else path
            found.setdefault(name, []).append(Address(name, tuple(dict.fromkeys(names)), entry.callback))
        else:
            _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, path, names, found)


def path_of(world: World, name: str, state: str) -> str:
    """The address in this state of the world: the tender's for that state, Sara's organisation and what is hers."""
    kwargs = all_addresses()[name][0].kwargs
    return reverse(name, kwargs={key: _value(world, name, key, state) for key in kwargs})


def _value(world: World, name: str, key: str, state: str) -> Any:
    if (name, key) in OF_ONE_ADDRESS:
        return OF_ONE_ADDRESS[name, key](world, state)
    return OF_ALL[key](world, state)


def _file(world: World, state: str) -> Any:
    return attachments_of(world.own[state]).first().pk if state in world.own else NO_KEY


def file_key(world: World, state: str) -> Any:
    """The first file of the tender."""
    tender = world.tenders.get(state)
    file = tender.files.order_by("added_at").first() if tender else None
    return file.pk if file else NO_KEY


def _first(rows: QuerySet[Any]) -> Any:
    found = rows.first()
    return found.pk if found else NO_KEY


Key = Callable[[World, str], Any]

OF_ALL: dict[str, Key] = {
    "reference": lambda world, state: world.tenders[state].reference,
    "slug": lambda _world, _state: "sealed",
    "no": lambda _world, _state: 1,
    "section": lambda _world, _state: "need",
    "theme_id": lambda world, _state: world.theme.pk,
    "letter_id": lambda world, _state: world.letter.pk,
    "question_id": lambda world, state: world.questions[state].pk if state in world.questions else NO_KEY,
    "submission_id": lambda world, state: world.own[state].pk if state in world.own else NO_KEY,
    "file_id": _file,
    "attachment_id": _file,
    "mail_id": lambda world, _state: world.mail.pk,
    "number": lambda world, _state: world.organisation.number,
    "meeting_id": lambda world, state: _first(Meeting.objects.filter(tender=world.tenders[state])),
    "contact_key": lambda world, state: _first(MarketContact.objects.filter(tender=world.tenders[state])),
    "unlock_id": later_states.unlock,
    "place_id": later_states.place,
    "file_no": lambda _world, _state: 1,
    "contract_id": later_states.contract,
    "milestone_id": later_states.milestone,
    "payment_id": later_states.payment,
}
OF_ONE_ADDRESS: dict[tuple[str, str], Key] = {
    **{
        (f"evaluation:{name}", "number"): later_states.number
        for name in ("tie_of", "sheet", "save_sheet", "sheet_state", "ask_unlock", "sheet_file")
    },
    ("evaluation:letter", "letter_id"): later_states.letter,
    ("evaluation:mend_letter", "letter_id"): later_states.letter,
    ("suppliers:attachment", "key"): _file,
    ("suppliers:review", "key"): lambda world, _state: world.application.pk,
    ("suppliers:ask_applicant", "key"): lambda world, _state: world.application.pk,
    ("tenders:file", "key"): file_key,
    ("accounts:end_role", "key"): lambda world, _state: world.auditor.role_grants.get().pk,
    ("account_reset_password_from_key", "uidb36"): lambda _world, _state: "1",
    ("account_reset_password_from_key", "key"): lambda _world, _state: "no-such-key",
}
