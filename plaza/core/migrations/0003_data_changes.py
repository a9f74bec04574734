from django.db import migrations, models

# Once a transaction: the setting is local to it, and a savepoint that is rolled back takes both away.
FUNCTION = """
CREATE FUNCTION plaza_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('plaza.noted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO core_datachange (at) VALUES (clock_timestamp());
        PERFORM set_config('plaza.noted', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_token_bucket")]

    operations = [
        migrations.CreateModel(
            name="DataChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION plaza_note_change() CASCADE"),
    ]
