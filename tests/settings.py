"""The site's settings on a server that is surely there: the embedded one, or the named one."""

import tempfile
from pathlib import Path

from chengxiang.kernel import database

database.ensure()

from chengxiang.site.settings import *  # noqa: E402, F403

# What is said outside a request is tested in one language; pages are tested in both.
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What tests bring in or print does not end up in the checkout.
UPLOADS = Path(tempfile.gettempdir()) / "chengxiang-test-uploads"
