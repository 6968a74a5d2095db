"""Redirects: what was once published stays reachable, or says that it is gone.

The committed `content/addresses.lock` remembers each entry's current and former addresses;
former ones lead to the current one by themselves.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.redirects import hooks

    hooks.connect()
