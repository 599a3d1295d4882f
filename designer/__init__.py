"""The Qt application: the third floor of Wayline. It may import everything; nothing imports it."""
