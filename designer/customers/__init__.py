"""Following one simulated customer: chosen, told, shown on the canvas, and what if."""

from designer.customers.panel import CustomersPanel

__all__ = ["CustomersPanel"]
