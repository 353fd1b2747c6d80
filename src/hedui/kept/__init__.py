"""What is kept of a reading so that a later stage can be done again without it: documents and signals as bytes, and back."""

from hedui.kept.documents import document_bytes, document_of
from hedui.kept.signals import signals_bytes, signals_from

__all__ = ["document_bytes", "document_of", "signals_bytes", "signals_from"]
