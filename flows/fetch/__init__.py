"""How article bytes come into the archive: local files and, politely, the web."""
