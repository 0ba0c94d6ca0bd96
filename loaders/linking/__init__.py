"""Names, metonyms, organs, offices and pronouns of an article, resolved to nodes of the catalogue or to new ones."""
