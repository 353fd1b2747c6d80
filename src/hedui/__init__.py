"""hedui (核对): Chinese fiscal performance reports in, reconciled records with evidence out."""

__all__ = ["__version__"]
__version__ = "0.8.0"
