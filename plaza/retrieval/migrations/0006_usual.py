from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retrieval", "0005_vectors_say_of_what")]

    operations = [
        migrations.AddField("vector", "usual", ArrayField(models.FloatField(), null=True, size=4)),
        migrations.AddIndex(
            "vector",
            models.Index(
                fields=["collection", "encoder", "id"],
                name="vectors_unmeasured",
                condition=models.Q(("usual__isnull", True)),
            ),
        ),
    ]
