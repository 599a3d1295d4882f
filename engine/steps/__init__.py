"""The step catalogue: one class a step type, one module a group.

A step type is added by writing its class in a module of this folder; nothing lists them.
"""
