import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaza.config.settings")
application = get_wsgi_application()

# What was loaded stays, and need not be looked through for what is left over each time that a page leaves a thousand rows.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
