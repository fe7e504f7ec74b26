"""A session's final goals as files: PDF, Markdown, calendar; all three show one `GoalSheet`."""
