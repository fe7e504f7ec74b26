"""Sessions of employees and what stands in them: messages, facts, goals, shares; and erasing them."""
