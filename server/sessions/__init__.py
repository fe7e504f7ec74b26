"""An employee's session: begun, described, resumed, erased; with its history, facts, goals and share link."""
