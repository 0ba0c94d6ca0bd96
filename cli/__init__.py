"""`embargo`: one thin command a capability. The modules register their commands, in the order of the help."""

from cli import articles, graph, keys, service, story
from cli.common import app

__all__ = ["app", "articles", "graph", "keys", "service", "story"]
