"""Conditions in the languages of the targets: one module a language.

All say the same as `engine.conditions`: what is missing makes every comparison false, `ne`
included, and nothing is turned into another type. Tests hold each against the language's own
evaluator.
"""
