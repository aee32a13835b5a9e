"""Programs that are killed while they write: everything acknowledged is there afterwards, and nothing half."""
