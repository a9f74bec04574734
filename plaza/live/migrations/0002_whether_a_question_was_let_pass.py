from typing import Any

from django.db import migrations, models
from django.db.models import Q


def who_knows(apps: Any, schema_editor: Any) -> None:
    """Of those dismissed before, nobody knows: they wait for a moderator again when that is undone."""
    questions = apps.get_model("live", "Question").objects
    questions.filter(state__in=["waiting", "dismissed"]).update(is_passed=False)


class Migration(migrations.Migration):
    dependencies = [("live", "0001_rooms_questions_polls")]

    operations = [
        migrations.AddField("question", "is_passed", models.BooleanField(default=True)),
        migrations.RunPython(who_knows, migrations.RunPython.noop),
        migrations.AddConstraint(
            "question",
            models.CheckConstraint(
                condition=Q(is_passed=True) | Q(state__in=["waiting", "dismissed"]),
                name="what_the_room_sees_was_let_pass",
            ),
        ),
    ]
