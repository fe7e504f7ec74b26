"""Does the coach score and refine well? Suites with figures."""
