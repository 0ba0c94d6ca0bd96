"""Articles in, claims out; nothing here touches a store."""
