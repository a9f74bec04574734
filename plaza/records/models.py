"""What was asked to be changed at once, and sheets that came in, each row with what became of it."""

from django.conf import settings
from django.db import models

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.records.choices import BulkState, Effect, SheetState


class Kept(models.Model):
    """Of which kind of records, by whom, and in whose language its sentences are."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=CHOICES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class BulkEditQuerySet(models.QuerySet["BulkEdit"]):
    def visible_to(self, user: Asker) -> "BulkEditQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()


class BulkEdit(Kept):
    """One column of many records, set to one text. `done` points behind the last id that was dealt with: whoever is
    stopped goes on there."""

    column = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    ids = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    # [[id, name, why]]: those that could not be changed.
    refused = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=BulkState.choices, default=BulkState.PROPOSED)

    objects = BulkEditQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.column}"

    @property
    def same(self) -> int:
        return self.done - self.changed - len(self.refused)


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: Asker) -> "SheetQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()


class Sheet(Kept):
    """`columns` are the words of its header; `matching` says which column of a record each position is (`id`, a name, or
    nothing); `notes` what we have to tell about it, as [msgid, values]."""

    name = models.CharField(max_length=200)
    format = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=list)
    matching = models.JSONField(default=dict)
    empties = models.BooleanField(default=False)
    header_row = models.PositiveIntegerField(default=1)
    notes = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.RECEIVED)

    objects = SheetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class SheetRow(models.Model):
    """`number` as the spreadsheet shows it. The ledger: what is foreseen, what became of it, which record it is, why it
    was put aside. What was taken in keeps no copy of its cells."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # Of which record it speaks, hashed: two rows of one record are found by it.
    face = models.CharField(max_length=64, blank=True)
    foreseen = models.CharField(max_length=7, choices=Effect.choices, default=Effect.WAITING)
    # [[column, before, after]]
    differences = models.JSONField(default=list)
    effect = models.CharField(max_length=7, choices=Effect.choices, default=Effect.WAITING)
    record = models.CharField(max_length=130, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["sheet", "number"], name="one_sheet_row_a_number"),)
        indexes = (
            models.Index(fields=["sheet", "face"], name="sheet_rows_by_face"),
            models.Index(fields=["sheet", "effect", "number"], name="sheet_rows_by_effect"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.number}"
