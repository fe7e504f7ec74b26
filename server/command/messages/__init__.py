"""`make messages`: brings the message catalogues of every folder up to what its sources say."""
