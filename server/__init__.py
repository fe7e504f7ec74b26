"""FastAPI, LangServe, turns, sessions and tokens, admin, the command line and the page."""
