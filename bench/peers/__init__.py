"""Our writer beside others, on one Neo4j in one run: `python -m bench.peers [CLAIMS]`."""
