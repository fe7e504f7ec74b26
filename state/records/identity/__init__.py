"""The keys of admins."""
