"""Who is measured, and how their facts are read back."""

from __future__ import annotations

from typing import NamedTuple

BULK, EACH = 5000, 1
"""Facts a group: many articles at once, or each on its own."""


class Peer(NamedTuple):
    """A writer in one use."""

    name: str
    module: str
    """Of this folder."""
    facts: str
    """Cypher that tells `id`, `article`, `stage` and `quote` of each fact in the graph."""
    group: int = BULK
    needs: tuple[str, ...] = ()
    """What is installed into an environment of its own; by default it runs in ours."""

    @property
    def use(self) -> str:
        """How it is used, in words."""
        return "by article" if self.group == EACH else "bulk"


TELLS = "RETURN c.id AS id, a.id AS article, c.stage AS stage, c.quote AS quote"
CLAIMS = f"MATCH (a:Article)-[:REPORTS]->(c:Claim) {TELLS}"
SOURCES = f"MATCH (a)-[:REPORTS|MENTIONS]->(c:Claim) {TELLS}"
CHUNKS = f"MATCH (c:Claim)-[:FROM_CHUNK]->(:Chunk)-[:FROM_DOCUMENT]->(a:Document) {TELLS}"
EDGES = """
MATCH ()-[c:RELATES_TO]->() MATCH (a:Episodic {uuid: c.episodes[0]})
RETURN c.uuid AS id, a.uuid AS article, c.stage AS stage, c.fact AS quote
"""
OURS = Peer("Embargo, with episodes", "ours", CLAIMS.replace("c.quote", "c.quotes[0]"), 4000)
"""As many claims at once as `embargo load` writes of lines."""
DRIVER = ("neo4j==6.4.1",)
EXTENDED = (*DRIVER, "neo4j-rust-ext==6.4.1.0")
GRAPHRAG = ("neo4j-graphrag==1.22.0",)
LANGCHAIN = ("langchain-neo4j==0.11.0",)
LLAMA_INDEX = ("llama-index-graph-stores-neo4j==0.8.0",)
GRAPHITI = ("graphiti-core==0.31.1", "httpx==0.28.1")  # which it imports and does not name
PEERS = (
    Peer("driver, MERGE, neo4j-rust-ext", "plain", CLAIMS, BULK, EXTENDED),
    Peer("driver, MERGE", "plain", CLAIMS, BULK, DRIVER),
    Peer("driver, MERGE", "plain", CLAIMS, EACH, DRIVER),
    Peer("neo4j-graphrag 1.22.0", "graphrag", CHUNKS, BULK, GRAPHRAG),
    Peer("neo4j-graphrag 1.22.0", "graphrag", CHUNKS, EACH, GRAPHRAG),
    Peer("langchain-neo4j 0.11.0", "langchain", SOURCES, BULK, LANGCHAIN),
    Peer("langchain-neo4j 0.11.0", "langchain", SOURCES, EACH, LANGCHAIN),
    Peer("llama-index 0.8.0", "llamaindex", SOURCES, BULK, LLAMA_INDEX),
    Peer("llama-index 0.8.0", "llamaindex", SOURCES, EACH, LLAMA_INDEX),
    Peer("rdflib-neo4j 1.1", "rdf", CLAIMS, BULK, ("rdflib-neo4j==1.1",)),
    Peer("graphiti-core 0.31.1, storage", "graphiti", EDGES, BULK, GRAPHITI),
    Peer("graphiti-core 0.31.1, storage", "graphiti", EDGES, EACH, GRAPHITI),
)
