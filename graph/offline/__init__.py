"""Builds a whole Neo4j database without a server: CSV files for `neo4j-admin database import full`.

What goes into them is decided by the functions that decide what a load writes. Three steps, none of which holds all
claims in memory:

1. `spool` keeps what was read in a file of its own, in any order, and finds it again by article and by thread.
2. `build` judges one article after another and folds one group of threads after another.
3. `files` writes nodes and relationships with the columns that `graph.model` declares.
"""
