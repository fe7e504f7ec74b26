"""Companies, their configurations as they are and were, and what is counted about them."""
