"""The course of an episode or of a pair: built as data, then rendered."""

from queries.story.build import build_story
from queries.story.model import Story

__all__ = ["Story", "build_story"]
