"""What the network reads otherwise than the rules -> proposals, and what of them the policy lets pass."""
