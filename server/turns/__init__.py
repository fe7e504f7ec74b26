"""A turn: accepted, run once wherever it was asked for, and followed, stopped and replayed from any replica."""
