"""A user signs in with an address and speaks one of the four languages."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from plaza.accounts.choices import NetworkRole
from plaza.core.languages import CHOICES, DEFAULT


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """Who erased herself (`erased_at`) leaves a row without name and address: what others did with her stays whole."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=CHOICES, default=DEFAULT)
    network_role = models.CharField(max_length=13, choices=NetworkRole.choices, default=NetworkRole.MEMBER)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_user_an_address"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(name="", is_active=False, email__endswith="@erased.invalid"),
                name="an_erased_user_names_nobody",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SecondStep(models.Model):
    """A second step of signing in: codes of an app (TOTP, RFC 6238). The secret is made of our key and `salt`, so whoever
    reads the database cannot make codes. `last_counter` is the time of the last code taken: none is taken twice."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_step")
    salt = models.CharField(max_length=64)
    last_counter = models.BigIntegerField(default=0)
    # Of codes written down for the day the telephone is lost; each opens once.
    recovery_hashes = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second step of user {self.user_id}"


class AddressChange(models.Model):
    """A new address that waits for the code which was sent to it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"new address of user {self.user_id}"


class FormerAddress(models.Model):
    """An address that an account bore before, known again by its hash with our key and not to be read from it: what stands
    somewhere under that address is found when its owner asks for her data, or erases them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_addresses")
    address_hash = models.CharField(max_length=64)
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "address_hash"], name="a_former_address_once_an_account"),
        )

    def __str__(self) -> str:
        return f"former address of user {self.user_id}"
