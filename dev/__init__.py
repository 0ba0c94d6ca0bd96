"""Helpers for working on Embargo; not part of what is installed."""
