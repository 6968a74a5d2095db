"""Providers: an issue as the files that each mailing service's API takes, always a draft."""
