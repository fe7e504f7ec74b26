"""What every request meets whatever it asks for: middleware, errors, limits, streams, the pages and the docs."""
