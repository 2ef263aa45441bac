"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inkstand.config.settings")
_django = get_wsgi_application()

from inkstand.web.kept.keep import KeepPages  # noqa: E402 - the rooms may be imported only now that Django is set up

application = KeepPages(_django)
