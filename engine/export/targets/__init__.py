"""One module a target; `engine.export.target.targets` finds them."""
