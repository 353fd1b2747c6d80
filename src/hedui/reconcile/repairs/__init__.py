"""The smallest change of one figure under which checks close, proposed with its odds."""
