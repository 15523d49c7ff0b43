"""How does a place run its milieu? A programme is dated data: its shape, its reading, its JSON Schema."""
