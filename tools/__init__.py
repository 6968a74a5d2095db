"""Code of the Invoke tasks in tasks.py. Builds do not use this package."""
