"""The Model Context Protocol: the graph as tools and resources of a language model."""
