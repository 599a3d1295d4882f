"""The canvas: the journey as cards and links, drawn from the document and never a copy of it."""
