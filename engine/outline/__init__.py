"""The journey as text: its steps in the order of its flow."""
