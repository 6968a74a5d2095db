"""Importers: convert posts that were published elsewhere to Markdown files in content/.

They are run by `invoke import.telegram`, never during a build, so this package is no Pelican
plugin. `channel.import_telegram` reads the JSON export of a Telegram channel.
"""
