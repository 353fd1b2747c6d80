"""What many reports claim, as tables with evidence: for those who mine them."""
