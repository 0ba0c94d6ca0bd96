"""SPARQL 1.1 over a copy of the graph as RDF: protocol, guard, copy, and the processes that answer."""
