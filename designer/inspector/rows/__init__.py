"""Lists and mappings as tables: what stands in the cells, and what is pasted into them."""
