"""Sets and sessions as they are planned and as they were done, and how they are written."""
