"""One suite a file; each measures one promise of the score."""
