"""JavaScript and TypeScript against the server: `make test-browser` installs the npm packages and runs these."""
