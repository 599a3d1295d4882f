"""The journey map: stages and steps, what is expected there, and what simulated customers felt."""
