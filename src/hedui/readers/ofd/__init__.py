"""OFD (GB/T 33190) -> Document."""

from hedui.readers.ofd.read import read_ofd

__all__ = ["read_ofd"]
