"""Does the coach hear people? Acts of what they say, and whole dialogues by their properties."""
