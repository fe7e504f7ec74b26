"""A turn's rows: accepted, held by a lease, finished."""
