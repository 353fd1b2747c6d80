"""Pictures of what many reports claim: facts of reports in, marks that lead to them and SVG out."""
