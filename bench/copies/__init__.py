"""How well copies of one text are told from reports of one template."""
