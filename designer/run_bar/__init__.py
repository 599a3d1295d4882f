"""What shall be run, and the button that runs it."""

from designer.run_bar.bar import RunBar
from designer.run_bar.progress import RunProgress

__all__ = ["RunBar", "RunProgress"]
