"""What authors and developers do around a build; `invoke` calls it, a build never does."""
