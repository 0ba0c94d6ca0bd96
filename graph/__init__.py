"""What is known: the claim model, the stores, episodes and the edges that they establish."""
