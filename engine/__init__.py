"""What a journey is: document, steps, conditions, validation, plan.

The ground floor of Wayline. Nothing here knows about windows or simulated time.
"""
