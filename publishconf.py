"""Production: pelicanconf.py with what only the environment knows."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403

if "SITEURL" not in os.environ:
    sys.exit("SITEURL is not set. Say where the site will be: SITEURL=https://example.org")
SITEURL = os.environ["SITEURL"].rstrip("/")
# No drafts, unless somebody wants to share them by addresses that can't be guessed.
DRAFTS = {"show": False, "secret": os.environ.get("DRAFTS_SECRET", "")}
