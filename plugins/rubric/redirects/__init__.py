"""Redirects: every address that was once published stays reachable, or is answered with 410.

The committed file `content/addresses.lock` records the current and the former addresses of each
entry; former ones redirect to the current one. Setting: REDIRECTS.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.redirects import passes

    pipeline.add("plan", passes.read_addresses)
    pipeline.add("check", passes.resolve_addresses)
    pipeline.add("make", passes.warn_of_lost_addresses, passes.write_redirect_files)
