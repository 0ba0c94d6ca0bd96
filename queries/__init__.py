"""Named queries: files with a header, their reader and their runner."""
