from django.db import migrations

# The focal points that cities have, from no day that is known.
FOCAL_POINTS = """
INSERT INTO directory_focalpoint (city_id, person_id, post, start, "end", is_main)
SELECT city_id, focal_point_id, '', NULL, until, true FROM directory_networkmembership
WHERE focal_point_id IS NOT NULL
"""
# Mayors hold their post alone. Where two overlap already, neither is marked: a person sees to it.
MAYORS = """
UPDATE directory_membership AS here SET holds_alone = true
FROM directory_post AS post
WHERE post.id = here.post_id AND post.is_mayor AND NOT EXISTS (
    SELECT 1 FROM directory_membership AS other
    WHERE other.post_id = here.post_id AND other.id <> here.id
    AND daterange(other.start, other."end", '[]') && daterange(here.start, here."end", '[]')
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_membership_terms_and_profiles"),
    ]

    operations = [
        migrations.RunSQL(FOCAL_POINTS, migrations.RunSQL.noop),
        migrations.RunSQL(MAYORS, migrations.RunSQL.noop),
    ]
