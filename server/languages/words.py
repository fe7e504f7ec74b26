"""The server's catalogues."""

from pathlib import Path

from state.languages.catalogue import read_catalogues

WORDS = read_catalogues(Path(__file__).parent)
