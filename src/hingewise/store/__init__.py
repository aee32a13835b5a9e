"""Where the journal lies: one database, SQLite or PostgreSQL, the same tables in both."""
