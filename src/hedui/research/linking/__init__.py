"""Names as reports write them in, what they name out: regions, units, indicators and programmes, each with an id and a score."""

from hedui.research.linking.indicators import link_indicators
from hedui.research.linking.programmes import link_documents, link_programmes
from hedui.research.linking.regions import link_regions
from hedui.research.linking.units import link_units

__all__ = ["link_documents", "link_indicators", "link_programmes", "link_regions", "link_units"]
