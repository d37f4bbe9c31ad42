"""The site as a whole: settings, database, queue, commands and the application itself."""

import os

os.environ.setdefault("PICCOLO_CONF", "app.piccolo_conf")
