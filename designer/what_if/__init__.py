"""What if: the document's scenarios, their changes, and runs side by side."""

from designer.what_if.panel import WhatIfPanel

__all__ = ["WhatIfPanel"]
