"""What is remembered: phases, rubric, scorecard, conversation state (pure) and, in `records`, the database."""
