"""Providers: writes an issue as the draft that each mailing service's API accepts."""
