"""The languages Petraf speaks: which one is meant, and the catalogues of its texts."""
