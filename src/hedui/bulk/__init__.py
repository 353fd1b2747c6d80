"""Many reports: what is asked for into the ledger, read by whoever is at hand, and everything accounted for."""
