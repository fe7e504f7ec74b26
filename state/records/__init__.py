"""The database: one connector, named SQL, typed rows."""
