"""Bytes of an OFD file (GB/T 33190) -> Document."""
