"""Does the coach find the passage that answers a question, and cite nothing where none does?"""
