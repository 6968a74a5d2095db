"""Delivery: an issue to a test address, or as a draft to a provider. Never part of a build."""
