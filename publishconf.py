"""Production: pelicanconf.py with what only the environment knows."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403

if not os.environ.get("SITEURL"):
    sys.exit("SITEURL is not set. Say where the site will be: SITEURL=https://example.org")
SITEURL = os.environ["SITEURL"].rstrip("/")
