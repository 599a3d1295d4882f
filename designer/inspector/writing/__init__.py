"""Values as people write them into a field or a cell, and what they wrote as values."""
