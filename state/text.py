"""Which text the database can keep."""

import re
from typing import Any

UNSTORABLE = "holds a null character or half of a surrogate pair; remove it"


def storable(text: str) -> bool:
    """Whether PostgreSQL can keep `text`: no null character, nothing that UTF-8 has no bytes for."""
    return not _UNSTORABLE.search(text)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def check_storable(value: Any) -> Any:
    """`value` as it is, or ValueError naming the field whose text, at any depth, can't be kept."""
    left: list[tuple[str, Any]] = [("the text", value)]
    while left:
        name, inner = left.pop()
        if isinstance(inner, str) and not storable(inner):
            raise ValueError(f"{name} {UNSTORABLE}")
        if isinstance(inner, dict):
            if not all(storable(str(key)) for key in inner):
                raise ValueError(f"a field's name {UNSTORABLE}")
            left.extend((str(key), one) for key, one in inner.items())
        elif isinstance(inner, list):
            left.extend((name, one) for one in inner)
    return value


def cleaned(text: str) -> str:
    """`text` without what can't be kept, for documents that hold such by accident."""
    return text if storable(text) else text.encode("utf-8", "ignore").decode().replace("\x00", "")
