"""One kind of field a module; which one a field gets is decided in `field_kinds`."""
