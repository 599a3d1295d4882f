"""How Wayline looks: colours, type and measures, and how Qt is told of them."""
