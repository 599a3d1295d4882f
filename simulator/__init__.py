"""Populations, the SimPy world, KPIs, experiments and the `wayline` command.

The second floor of Wayline: it imports `engine` and nothing of the designer.
"""
