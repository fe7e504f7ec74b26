"""Who asks: the company, the employee's session, the admin; with their tokens, cookies and keys."""
