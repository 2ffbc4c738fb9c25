"""A person who logs in, or the clock that acts when time has passed."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts.languages import Language

CLOCK_ID = uuid.UUID("00000000-0000-4000-8000-00000000c10c")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Known by e-mail address. What a person may do is in RoleGrant and Membership, never derived from the address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.NB)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @classmethod
    def clock(cls) -> "User":
        """The actor of what jobs do. Made by a migration; can't log in."""
        return cls.objects.get(pk=CLOCK_ID)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""
