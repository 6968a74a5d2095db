"""Rubric's Pelican plugins; each subpackage but `model` is one plugin."""
