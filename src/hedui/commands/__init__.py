"""One module a command: `add` gives it its arguments, and what it does stands under it."""
