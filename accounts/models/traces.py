"""Forms that were sent, and who looked at what."""

import uuid

from django.db import models

from accounts.models.person import User


class FormToken(models.Model):
    """A form that was sent once. The same token again gives the first answer and does nothing."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=300)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.token)


class AccessEvent(models.Model):
    """Somebody saw or opened something that is not for everybody. The only table a GET may write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor_id = models.UUIDField()
    what = models.CharField(max_length=80)
    about = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="access_about_at")]

    def __str__(self) -> str:
        return f"{self.what} {self.about}"
