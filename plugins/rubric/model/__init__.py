"""The shared words of the site: languages, entries, tags, views and errors.

Nothing in here knows Pelican, a plugin, the clock, the network or the environment.
"""
