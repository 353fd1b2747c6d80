"""Web pages -> Document."""
