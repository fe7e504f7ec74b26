"""What is said while a draft is shown: it is read as edits of the text that stands there, and never against earlier messages."""
