"""Measurements: never tests, always ratios of commands run in turn."""
