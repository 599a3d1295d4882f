"""The rules: a module a subject, a function a rule.

A rule is added by writing its function in a module of this folder; nothing lists them.
"""
