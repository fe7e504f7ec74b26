"""A company and what its admins do: configuration, statistics, the audit trail, erasing."""
