from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retrieval", "0004_newest_word")]

    operations = [
        migrations.AddField("vector", "source", models.CharField(default="", max_length=20)),
        migrations.AddField(
            "vector",
            "language",
            models.CharField(
                choices=[("es", "Español"), ("pt", "Português"), ("en", "English"), ("fr", "Français")],
                default="",
                max_length=2,
            ),
        ),
        migrations.RunSQL(
            "UPDATE retrieval_vector v SET source = p.source, language = p.language"
            " FROM retrieval_passage p WHERE p.id = v.passage_id",
            migrations.RunSQL.noop,
        ),
    ]
