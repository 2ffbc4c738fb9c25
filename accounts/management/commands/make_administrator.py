"""manage.py make_administrator E-MAIL: the first administrator of a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts import clock
from accounts.commands.make_first_administrator import make_first_administrator
from accounts.models import User
from accounts.refused import Refused


class Command(BaseCommand):
    help = "Makes somebody who has signed up administrator of the directorate. Works once, while there is no administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL", help="the address the person signed up with")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            grant = make_first_administrator(email=options["email"].strip(), by=User.clock(), at=clock.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{grant.user.name} is administrator of {grant.unit.name}, and can give roles at /roles/.")
