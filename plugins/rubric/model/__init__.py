"""The domain types of a site: languages, entries, tags, views, errors and settings.

Modules of this package do not use Pelican, plugins, the clock, the network or the environment.
"""
