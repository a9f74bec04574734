"""Of events that were brought in, only what a meeting is made of is kept."""

from django.db import migrations

LESS = """
UPDATE ingest_broughtevent SET told = told - 'organiser' - 'url' - 'conferences' - 'categories'
WHERE told ?| ARRAY['organiser', 'url', 'conferences', 'categories']
"""


class Migration(migrations.Migration):
    dependencies = [("ingest", "0005_brought_calendars")]

    operations = [migrations.RunSQL(LESS, migrations.RunSQL.noop)]
