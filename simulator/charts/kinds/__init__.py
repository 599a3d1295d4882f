"""The kinds of charts: a module each, found by looking into this folder."""
