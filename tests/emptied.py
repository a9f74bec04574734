"""After a test that commits, its rows are deleted, and nothing else is done.

Django would truncate all tables, those with nothing in them too, and write its content types and permissions anew; and it would
leave the jobs where they are, for their tables are not Django's: the next test would find a database that is not empty.
"""

from django.db import connection
from django.test import TransactionTestCase

# Written by migrations, and by Django after them.
STANDING = "django_migrations|django_content_type|auth_permission"
# What the trigger writes of these deletions stays, as it would of a truncation.
DELETE = f"""DO $$ DECLARE name text; BEGIN
    DELETE FROM core_datachange;
    FOR name IN SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname !~ '^({STANDING}|core_datachange)$'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
END $$"""


def empty(_test: TransactionTestCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DELETE)
