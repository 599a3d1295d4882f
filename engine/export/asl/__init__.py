"""Journeys in the Amazon States Language: its states, their names, and its limits."""
