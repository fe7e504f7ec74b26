"""Holding a turn: whoever has its lease runs it, renews it meanwhile, and takes over from servers that died."""
