"""Pictures of pages -> pages of recognised characters and ruled lines."""
