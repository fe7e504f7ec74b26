"""What both coaches keep out: look-alikes of delimiters, hidden and encoded text, and words that speak to the judge."""

from nodes.screening.screen import BLANK, screened

__all__ = ["BLANK", "screened"]
