"""The time between the letters and a signature. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.local_time import oslo_day
from tenders.working_days import add_days_by_time_limit_rule, first_signing_day


@dataclass(frozen=True)
class Standstill:
    """Nothing is signed up to and including `last_day` (by the time limit regulation, tenders/working_days.py)."""

    released_at: datetime
    last_day: date
    first_signing_day: date

    @classmethod
    def counted_from(cls, released_at: datetime, days: int) -> "Standstill":
        """Of `days` days from the day after the release. A stage that announced none is over it at once."""
        sent = oslo_day(released_at)
        if days < 1:
            return cls(released_at, sent, sent)
        return cls(released_at, add_days_by_time_limit_rule(sent, days), first_signing_day(sent, days))

    def over(self, at: datetime) -> bool:
        return oslo_day(at) >= self.first_signing_day
