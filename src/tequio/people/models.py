"""Who acts, and for whom: accounts, persons, organisations, offices and dated roles."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.vocabularies import terms


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts known by their e-mail address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        return self.create_user(email, password, is_staff=True, **fields)


class Account(AbstractBaseUser):
    """How a person signs in. Private: nothing of it is ever public.

    ``is_staff`` is whoever runs the installation. There are no groups and no superuser: what an account may do follows
    from the role it acts in, and from nothing else.
    """

    email = models.EmailField(_("correo electrónico"), unique=True)
    language = models.CharField(max_length=5, default="es")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)

    # The role that the person acts in on this page, set by the middleware; what the rules look at. Not stored.
    acting_role: "Role | None" = None

    objects = AccountManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Whether the predicates of the apps' ``rules`` allow it, for the role the account acts in."""
        return self.is_active and bool(rules.has_perm(permission, self, obj))


class Person(models.Model):
    """A human being who may hold roles. Private; the public sees a name only through a role that is ``named``."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="persons")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="persons")
    name = models.CharField(_("nombre"), max_length=150)
    email = models.EmailField(_("correo electrónico"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(Recorded):
    """A public body, civil society organisation, university, company or citizen body.

    ``aliases`` keeps the words under which sources name it: ``[{"words": …, "source": …}]``. A dissolved body stays,
    with the date and, where there is one, its successor.
    """

    subject = "organisation"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="organisations")
    slug = models.SlugField(max_length=120)
    name = models.CharField(_("nombre"), max_length=250)
    acronym = models.CharField(_("siglas"), max_length=40, blank=True)
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    branch = models.CharField(_("poder u orden"), max_length=40, blank=True)
    website = models.URLField(_("sitio web"), blank=True)
    note = I18nTextField(_("nota"), blank=True)
    dissolved = models.BooleanField(_("extinta"), default=False)
    dissolved_on = models.DateField(_("fecha de extinción"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    aliases = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "slug"], name="organisation_slug")]

    def __str__(self) -> str:
        return self.name

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/organisation/{self.slug}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("slug", "name", "acronym", "sector", "branch", "website", "note", "dissolved", "dissolved_on"),
            *("replaced_by", "aliases", "sources"),
        )

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Organisation]":
        return cls.objects.select_related("jurisdiction", "replaced_by__jurisdiction")

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector)

    @property
    def short_name(self) -> str:
        return self.acronym or self.name


class Office(Recorded):
    """A post in an organisation (the rectory, the presidency), whoever holds it."""

    subject = "office"

    class Kind(models.TextChoices):
        HEAD = "head", _("Titular")
        LIAISON = "liaison", _("Enlace operativo")
        OTHER = "other", _("Otro cargo")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    slug = models.SlugField(max_length=120)
    name = I18nCharField(_("cargo"), max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)

    class Meta:
        ordering = ["organisation", "slug"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="office_slug")]

    def __str__(self) -> str:
        return str(self.name)

    def subject_key(self) -> str:
        return f"{self.organisation.jurisdiction.slug}/office/{self.organisation.slug}.{self.slug}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "organisation", "slug", "name", "kind")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Office]":
        return cls.objects.select_related("organisation__jurisdiction")


class Role(Recorded):
    """What a person may do, for which organisation and office, between two dates.

    ``kind`` is a key of the vocabulary ``role`` (point of contact, lead institution, committee …). Without a person it
    is a public vacancy from ``since`` on; with neither, a role whose holder no source names. ``named`` says that the
    holder's name is public: always so in a public office, by consent elsewhere; the name itself stands in the record
    as an erasable value.
    """

    subject = "role"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="roles")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("papel"), max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="roles")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="roles")
    named = models.BooleanField(default=False)
    since = models.DateField(_("desde"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)
    basis = models.CharField(_("sustento"), max_length=300, blank=True)

    class Meta:
        ordering = ["jurisdiction", "number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="role_number")]

    def __str__(self) -> str:
        return self.words

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/role/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "kind", "organisation", "office", "named", "since", "until", "basis"),
            vacant=self.is_vacant,
        )

    def hidden_state(self) -> dict[str, str]:
        return {"name": self.person.name} if self.person and self.named else {}

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Role]":
        return cls.objects.select_related(
            "jurisdiction", "organisation__jurisdiction", "office__organisation__jurisdiction", "person"
        )

    def is_held_on(self, day: Any) -> bool:
        """Whether the role's dates cover ``day`` and somebody holds it."""
        after_start = self.since is None or self.since <= day
        return self.person_id is not None and after_start and (self.until is None or day <= self.until)

    @property
    def is_vacant(self) -> bool:
        """Nobody holds it, and since when is known. Without that day all we know is that no source names the person."""
        return self.person_id is None and self.since is not None

    @property
    def kind_label(self) -> str:
        return terms.label("role", self.kind)

    @property
    def public_name(self) -> str:
        """The holder's name where it is public, else an empty text."""
        return self.person.name if self.person and self.named else ""

    @property
    def words(self) -> str:
        """The office and organisation acted for, in one line: "Enlace operativo, Congreso del Estado de Jalisco"."""
        parts = [str(self.office) if self.office else self.kind_label]
        if self.organisation:
            parts.append(self.organisation.name)
        return ", ".join(parts)
