from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retrieval", "0006_usual")]

    operations = [
        migrations.AlterField(model_name="collection", name="noise", field=models.FloatField(default=0.83)),
    ]
