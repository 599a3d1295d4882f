"""The panel at the right: what is selected, as fields made from the document's own models."""
