"""Who reads: one row a person. What they read is the reading room's; what they may open is membership's."""

import re
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Now

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Readers(BaseUserManager["Reader"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Reader":
        reader = self.model(email=self.normalize_email(email).lower(), **fields)
        reader.set_password(password)
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Reader":
        """Whoever has a shell here vouches for the address: no code is sent to it before the first signing in."""
        from allauth.account.models import EmailAddress  # it wants this model to be there first

        reader = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
        return reader


def name_of(said: str) -> str:
    """A reader's name as it is kept: one line, for it stands in the subjects of letters, without control characters."""
    return " ".join(_UNFIT.sub(" ", said).split())[:200]


class Reader(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("editor", default=False, help_text="May open the desk's admin pages.")
    joined_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[Readers] = Readers()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


class Parcel(models.Model):
    """A reader's export that was too long to be made while they wait. `body` is the zip; empty while it is packed."""

    reader = models.OneToOneField(Reader, models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField()
    packed_at = models.DateTimeField(null=True, blank=True)
    body = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"export of reader {self.reader_id}"


class Erasure(models.Model):
    """That somebody was erased: the number of their receipt, and how many rows of each room. It names nobody."""

    number = models.CharField(max_length=9, unique=True)
    at = models.DateTimeField()
    rows = models.JSONField()

    def __str__(self) -> str:
        return self.number
