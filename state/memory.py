"""The process's memory, and what glibc keeps of it though nobody uses it."""

import ctypes


def give_memory_back() -> None:
    """Hand freed pages to the system; nothing where the C library can't."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
