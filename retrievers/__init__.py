"""Company documents in, relevant passages out, never across tenants."""
