"""Company documents in, relevant passages out, never across tenants."""

import os

# Here, so that it comes before any import of unstructured: it calls home and advertises unless told not to.
os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
os.environ.setdefault("UNSTRUCTURED_DISABLE_NOTICE", "1")
