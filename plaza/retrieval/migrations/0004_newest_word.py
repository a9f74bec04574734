from django.db import migrations, models
from django.db.models import Max


def note_the_newest(apps, schema_editor):
    Collection = apps.get_model("retrieval", "Collection")
    WordVector = apps.get_model("retrieval", "WordVector")
    for row in Collection.objects.all():
        newest = WordVector.objects.filter(collection=row).aggregate(newest=Max("pk"))["newest"]
        Collection.objects.filter(pk=row.pk).update(newest_word=newest or 0)


class Migration(migrations.Migration):
    dependencies = [("retrieval", "0003_noise")]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="newest_word",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(note_the_newest, migrations.RunPython.noop),
    ]
