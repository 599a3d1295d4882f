"""What was not saved survives a crash: a journal of every open document, outside of it.

A journal is a file of lines, each a checksum and a JSON object: first whose it is, then the
document as it was saved last, then how its text changed since. A line that is torn or garbled
ends what is read; what stands before it is whole. Nothing in it is ever executed.
"""
