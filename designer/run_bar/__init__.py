"""What shall be run, and the button that runs it."""

from designer.run_bar.bar import RunBar

__all__ = ["RunBar"]
