"""Whose report an article is, as its own words say."""

from loaders.credits.credits import Credits, credited, default_credits

__all__ = ["Credits", "credited", "default_credits"]
