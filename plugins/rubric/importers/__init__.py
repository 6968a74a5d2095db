"""Importers: what was published elsewhere becomes Markdown files in content/.

Run by hand, never part of a build: no Pelican plugin, nothing registers.
`channel.import_telegram` reads the export of a Telegram channel.
"""
