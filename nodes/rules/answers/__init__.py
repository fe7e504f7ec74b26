"""What the rule coach answers before it asks on: to questions, requests, refusals and feelings."""
