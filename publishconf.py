"""Production settings: pelicanconf.py with values from the environment."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403
from pelicanconf import _site

if not (os.environ.get("SITEURL", "").strip() or _site.url):
    sys.exit(
        "SITEURL is not set. Set it to the site's address: SITEURL=https://example.org, "
        'or write url = "https://example.org" in site.toml of the content folder.'
    )
if not SITEURL.startswith(("http://", "https://")):  # noqa: F405
    sys.exit(f"SITEURL is “{SITEURL}”. Write the whole address: https://example.org")  # noqa: F405
# Drafts are not published. With a secret they can be shared at addresses that cannot be guessed.
DRAFTS = {"show": False, "secret": os.environ.get("DRAFTS_SECRET", "")}
