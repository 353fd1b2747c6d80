"""The review desk: people look at what the machine doubts, put it right, and what they said is kept for good."""
