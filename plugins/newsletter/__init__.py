"""Newsletters: issues as content files, drafted by a task, edited by a person, shown here.

Reads content/<lang>/newsletter/ against NEWSLETTER["lists"]. Context keys it owns:
`mailing_lists` (by key), `lists_by_lang`, `form_hosts` (origins that forms may post to) and
`issues` (an `Issue` by its `Entry`).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.newsletter import hooks

    hooks.connect()
