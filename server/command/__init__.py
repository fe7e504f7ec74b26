"""The command `petraf` and what it does: starting a server, the terminal's conversation, reading documents in, judging again."""
