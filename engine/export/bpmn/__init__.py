"""BPMN 2.0: one graph of elements, written in the words of several dialects, with its diagram."""
