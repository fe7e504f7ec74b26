"""Whether the judge reads a goal right."""
