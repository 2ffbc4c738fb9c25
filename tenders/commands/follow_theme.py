"""Somebody wants to be told of new tenders about something."""

from datetime import datetime

from accounts import journal
from accounts.command import command
from accounts.models import County, Organisation, User
from tenders.models import TargetGroup, ThemeFollower
from tenders.policies.dialogue import FollowThemePolicy


@command
def follow_theme(*, group: str, county: County | None, organisation: Organisation | None, by: User, at: datetime) -> None:
    """Follow for an organisation, or for oneself when `organisation` is None. Following twice changes nothing.

    `group` is one of `TargetGroup`, or «» for all of them; `county` None is the whole country.
    """
    FollowThemePolicy(organisation).check(by)
    wanted = TargetGroup(group).value if group else ""
    theme = {"group": wanted, "county": county, "organisation": organisation, "user": None if organisation else by}
    if ThemeFollower.objects.filter(**theme).exists():
        return
    ThemeFollower.objects.bulk_create([ThemeFollower(**theme, since=at)], ignore_conflicts=True)
    journal.record("tenders.theme_followed", by=by, at=at, stream=organisation or by)
