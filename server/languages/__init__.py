"""What the server itself says to employees: errors and exports. The page's own texts lie in `server/web/languages`."""
