"""What the rule coach answers before it asks on: to questions, requests, refusals, feelings, and in a crisis."""
