"""Does the judge read amounts and times, and does it hear only work? On tuned texts, and on texts that no rule was made with."""
