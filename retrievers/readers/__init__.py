"""One file a family of formats; each reads a `Source` into `Content`."""
