"""Those who log in: people at Nav with their roles, and suppliers with their organisations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress

from accounts.commands.grant_role import grant_role
from accounts.commands.make_first_administrator import make_first_administrator
from accounts.commands.register_user import register_user
from accounts.models import Unit, User
from accounts.roles import Role
from demo.people import PEOPLE, Person
from demo.world.calendar import clock
from demo.world.data import texts
from demo.world.stage import Play
from suppliers.commands.register_supplier import register_supplier

STREETS = ("Storgata", "Kirkegata", "Skolegata", "Havnegata", "Parkveien", "Nygata", "Sjøgata", "Elvegata")


@dataclass(frozen=True)
class Firm:
    """An organisation, the one who acts for it, and the sketch it writes; as the data files have them."""

    no: int
    organisation: dict[str, Any]
    person: dict[str, str]
    title: str
    answers: dict[str, str]

    @property
    def name(self) -> str:
        return str(self.organisation["name"])

    @property
    def sketch(self) -> dict[str, str]:
        return {"title": self.title, **self.answers}


def firms() -> list[Firm]:
    """The 56 of the sketches, in the order of the file."""
    return [Firm(no, row["organisation"], row["person"], row["title"], row["answers"]) for no, row in enumerate(texts("sketches"))]


def sign_up(name: str, email: str, language: str, at: datetime) -> User:
    """A person with a proven address and no password: they log in with a code, or with a click in the demo."""
    user = User()
    user.set_unusable_password()
    register_user(user=user, email=email, name=name, language=language, by=User.clock(), at=at)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def write_staff(play: Play) -> None:
    """The administrator is made first, then the others, and their roles are granted the same day."""
    day = play.calendar.work(420)
    staff = sorted((person for person in PEOPLE if person.role), key=lambda person: person.role is not Role.ADMINISTRATOR)
    for no, person in enumerate(staff):
        play.scene(clock(day, 8, 5 * no), partial(_sign_up_staff, play, person))
        play.scene(clock(day, 9, 5 * no), partial(_give_role, play, person))


def _sign_up_staff(play: Play, person: Person, at: datetime) -> None:
    play.people[person.key] = sign_up(person.name, person.email, "nb", at)


def _give_role(play: Play, person: Person, at: datetime) -> None:
    user = play.people[person.key]
    if person.role is Role.ADMINISTRATOR:
        make_first_administrator(email=user.email, by=User.clock(), at=at)
    elif person.role:
        unit = Unit.objects.get(name=person.unit)
        grant_role(to=user, role=person.role, unit=unit, by=play.people["admin"], at=at)


def write_firm(play: Play, firm: Firm, at: datetime) -> None:
    """The person signs up, and some minutes later registers the organisation."""
    play.scene(at, partial(_sign_up, play, firm))
    play.scene(at + timedelta(minutes=7), partial(_register, play, firm))


def _sign_up(play: Play, firm: Firm, at: datetime) -> None:
    play.people[firm.person["email"]] = sign_up(firm.person["name"], firm.person["email"], firm.person["language"], at)


def _register(play: Play, firm: Firm, at: datetime) -> None:
    told = firm.organisation
    supplier = register_supplier(
        number=told["number"],
        name=told["name"],
        form=told["form"],
        address=f"{STREETS[firm.no % len(STREETS)]} {firm.no % 60 + 1}, {told['municipality']}",
        language=firm.person["language"],
        kind=told["kind"],
        size=told["size"],
        county_code=told["county"],
        first_time=told["first_time"],
        by=play.people[firm.person["email"]],
        at=at,
    )
    play.organisations[firm.name] = supplier.organisation
