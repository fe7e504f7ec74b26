"""The table of contents: which node follows which."""
