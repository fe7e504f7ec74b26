"""Can the score be trusted? Suites over goals, dialogues and attacks, with a bar for each figure."""
